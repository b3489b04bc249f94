package gatehouse.config.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueDiffTest {

    private static final Route OPEN = route("a", true);
    private static final Route CLOSED = route("a", false);

    @Test
    void what_came_went_or_is_no_longer_the_same_is_told() {
        var diff = CatalogueDiff.between(
                catalogue(1, OPEN, route("gone", true), route("kept", true)),
                catalogue(2, CLOSED, route("new", true), route("kept", true)));

        assertThat(diff.number()).isEqualTo(2);
        assertThat(diff.routes())
                .isEqualTo(new CatalogueDiff.Change<>(
                        Set.of(new RouteId("new")), Set.of(new RouteId("gone")), Set.of(new RouteId("a"))));
        assertThat(diff.upstreams().isEmpty()).isTrue();
        assertThat(diff.agents().isEmpty()).isTrue();
    }

    @Test
    void an_agent_that_went_is_told() {
        var agent = new Agent(new AgentId("x"), new TenantId("t"), List.of());
        var before = new Catalogue(1, Map.of(), Map.of(agent.id(), agent), Map.of(), Map.of(), Map.of());
        var after = new Catalogue(2, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

        assertThat(CatalogueDiff.between(before, after).agents().removed()).containsExactly(agent.id());
    }

    @Test
    void a_number_alone_is_no_difference() {
        assertThat(catalogue(1, OPEN).declaresSameAs(catalogue(2, OPEN))).isTrue();
        assertThat(catalogue(1, OPEN).declaresSameAs(catalogue(1, CLOSED))).isFalse();
    }

    private static Catalogue catalogue(long number, Route... routes) {
        var byId = new HashMap<RouteId, Route>();
        List.of(routes).forEach(route -> byId.put(route.id(), route));
        return new Catalogue(number, Map.of(), Map.of(), Map.of(), byId, Map.of());
    }

    private static Route route(String id, boolean anonymous) {
        var access = new Access(anonymous, Set.of(), Set.of());
        return Route.to(new RouteId(id), new UpstreamId("u"), access, Set.of(), Journal.DURABLE, 1024);
    }
}
