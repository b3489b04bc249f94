package gatehouse.policy.access;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.Agent;
import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.AgentKey;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.KeyHash;
import gatehouse.config.catalogue.Network;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.Speaks;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.catalogue.Upstream;
import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.verdict.Principal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReachTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final TenantId CREW = new TenantId("crew");
    private static final AgentId ALICE = new AgentId("alice");
    private static final Access OF_CREW = new Access(false, Set.of(CREW), Set.of());
    private static final Access OF_NOBODY = new Access(false, Set.of(), Set.of());
    private static final Access OF_ANYBODY = new Access(true, Set.of(), Set.of());
    private static final AgentKey KEY = new AgentKey("k1", KeyHash.of("secret"), NOW.plusSeconds(60));
    private static final AgentKey LATER = new AgentKey("k2", KeyHash.of("other"), NOW.plusSeconds(120));
    private static final Upstream UP = upstream(4);

    private final Reach reach = new Reach(new Principal(CREW, ALICE), UP);

    private static Upstream upstream(int calls) {
        var second = Duration.ofSeconds(1);
        return new Upstream(
                new UpstreamId("up"),
                CREW,
                URI.create("http://127.0.0.1/mcp"),
                Speaks.LEGACY,
                Network.PRIVATE,
                calls,
                4,
                second,
                second,
                second);
    }

    private static Route route(String id, String upstream, Access access) {
        return Route.to(new RouteId(id), new UpstreamId(upstream), access, Set.of(), Journal.DURABLE, 1000);
    }

    private static Catalogue catalogue(Upstream declared, List<AgentKey> keys, Route... routes) {
        var alice = new Agent(ALICE, CREW, keys);
        return new Catalogue(
                1,
                Map.of(),
                Map.of(ALICE, alice),
                Map.of(declared.id(), declared),
                Arrays.stream(routes).collect(Collectors.toMap(Route::id, declaredRoute -> declaredRoute)),
                Map.of());
    }

    @Test
    void it_holds_while_any_route_and_any_key_lead_there() {
        var closed = route("a", "up", OF_NOBODY);
        var open = route("b", "up", OF_CREW);

        assertThat(reach.holds(catalogue(UP, List.of(KEY), closed, open), NOW)).isTrue();
        assertThat(reach.holds(catalogue(UP, List.of(KEY, LATER), open), KEY.expires()))
                .isTrue();
    }

    @Test
    void it_falls_with_the_last_route_the_last_key_or_the_upstream() {
        var open = route("b", "up", OF_CREW);

        assertThat(reach.holds(catalogue(UP, List.of(KEY), route("b", "up", OF_NOBODY)), NOW))
                .as("access taken away")
                .isFalse();
        assertThat(reach.holds(catalogue(UP, List.of(KEY), route("b", "elsewhere", OF_CREW)), NOW))
                .as("route leads elsewhere")
                .isFalse();
        assertThat(reach.holds(catalogue(UP, List.of(), open), NOW))
                .as("keys removed")
                .isFalse();
        assertThat(reach.holds(catalogue(UP, List.of(KEY), open), KEY.expires()))
                .as("expired")
                .isFalse();
        assertThat(reach.holds(catalogue(upstream(5), List.of(KEY), open), NOW))
                .as("declared otherwise")
                .isFalse();
        assertThat(reach.holds(Catalogue.EMPTY, NOW)).as("all gone").isFalse();
    }

    @Test
    void it_falls_with_the_agent_or_its_tenant() {
        var open = route("b", "up", OF_CREW);
        var bob = new Reach(new Principal(CREW, new AgentId("bob")), UP);
        var before = new Reach(new Principal(new TenantId("others"), ALICE), UP);

        assertThat(bob.holds(catalogue(UP, List.of(KEY), open), NOW)).isFalse();
        assertThat(before.holds(catalogue(UP, List.of(KEY), route("b", "up", OF_ANYBODY)), NOW))
                .isFalse();
    }

    @Test
    void whoever_showed_no_key_reaches_what_is_open_to_everybody() {
        var anonymous = new Reach(Principal.ANONYMOUS, UP);

        assertThat(anonymous.holds(catalogue(UP, List.of(), route("b", "up", OF_ANYBODY)), NOW))
                .isTrue();
        assertThat(anonymous.holds(catalogue(UP, List.of(), route("b", "up", OF_CREW)), NOW))
                .isFalse();
    }
}
