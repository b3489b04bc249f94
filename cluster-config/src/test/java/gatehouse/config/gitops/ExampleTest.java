package gatehouse.config.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.Network;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.Speaks;
import gatehouse.config.catalogue.Upstream;
import gatehouse.config.catalogue.UpstreamId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExampleTest {

    private final Declarations example = new Declarations(Path.of("example"));

    @Test
    void the_sample_is_whole() {
        assertThat(example.problems()).isEmpty();

        var catalogue = example.catalogue();
        assertThat(catalogue.tenants()).hasSize(2);
        assertThat(catalogue.agents()).hasSize(3);
        assertThat(catalogue.upstreams().values())
                .extracting(Upstream::network)
                .containsExactlyInAnyOrder(Network.LOOPBACK, Network.PRIVATE, Network.PRIVATE, Network.PUBLIC);
        assertThat(catalogue.routes()).hasSize(6);
        assertThat(catalogue.routes().values())
                .filteredOn(route -> route.access().anonymous())
                .hasSize(1);
    }

    @Test
    void what_the_sample_says_is_what_the_catalogue_holds() {
        var catalogue = example.catalogue();

        var search = catalogue.route(new RouteId("search")).orElseThrow();
        assertThat(search).extracting(Route::journal, Route::body).containsExactly(Journal.DURABLE, 1024 * 1024);
        assertThat(search.origins())
                .containsExactlyInAnyOrder("https://reading-room.example.org", "http://localhost:5173");
        var upstream = catalogue.upstream(new UpstreamId("catalogue-search")).orElseThrow();
        assertThat(upstream.connect()).isEqualTo(Duration.ofMillis(500));
        assertThat(upstream.calls()).isEqualTo(32);
    }

    @Test
    void a_route_that_joins_several_leads_to_each_under_its_alias() {
        var catalogue = example.catalogue();

        var office = catalogue.route(new RouteId("office")).orElseThrow();

        assertThat(office.members())
                .extracting(Object::toString)
                .containsExactly("search=catalogue-search", "tracking=tracking", "echo=echo");
        var course = catalogue.course(office).orElseThrow();
        assertThat(course.joined()).isTrue();
        assertThat(course.deadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(catalogue
                        .course(catalogue.route(new RouteId("echo")).orElseThrow())
                        .orElseThrow()
                        .only()
                        .id())
                .isEqualTo(new UpstreamId("echo"));
    }

    @Test
    void the_older_transport_is_declared_on_either_side() {
        var catalogue = example.catalogue();

        assertThat(catalogue.upstream(new UpstreamId("almanac")).orElseThrow().speaks())
                .isEqualTo(Speaks.SSE);
        assertThat(catalogue
                        .route(new RouteId("harbour-tracking"))
                        .orElseThrow()
                        .sse())
                .isEqualTo(Instant.parse("2027-04-01T00:00:00Z"));
        assertThat(catalogue.route(new RouteId("tracking")).orElseThrow().servesSse())
                .isFalse();
    }

    @Test
    void an_upstream_without_limits_gets_those_of_the_node() {
        var tracking = example.catalogue().upstream(new UpstreamId("tracking")).orElseThrow();

        assertThat(tracking.deadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(tracking.calls()).isEqualTo(64);
    }

    @Test
    void a_key_leads_to_its_agent_and_expires_at_the_end_of_its_day() {
        var librarian = example.catalogue().agentOfKey("HGChLpK2vO").orElseThrow();

        assertThat(librarian.id()).isEqualTo(new AgentId("librarian"));
        assertThat(librarian.keys().getFirst().expires()).isEqualTo(Instant.parse("2027-07-01T00:00:00Z"));
        assertThat(librarian.keys().getLast().expires()).isEqualTo(Instant.parse("2027-12-31T12:00:00Z"));
    }
}
