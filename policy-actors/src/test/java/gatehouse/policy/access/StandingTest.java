package gatehouse.policy.access;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.Agent;
import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.AgentKey;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.KeyHash;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.verdict.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final TenantId CREW = new TenantId("crew");
    private static final AgentId ALICE = new AgentId("alice");
    private static final Access OF_CREW = new Access(false, Set.of(CREW), Set.of());
    private static final AgentKey KEY = new AgentKey("k1", KeyHash.of("secret"), NOW.plusSeconds(60));

    private final Standing standing = new Standing(new Principal(CREW, ALICE), new RouteId("r"), "k1");

    private static Catalogue catalogue(Access access, TenantId tenant, AgentKey... keys) {
        var alice = new Agent(ALICE, tenant, List.of(keys));
        var route = Route.to(new RouteId("r"), new UpstreamId("up"), access, Set.of(), Journal.DURABLE, 1000);
        return new Catalogue(
                1,
                Map.of(),
                Map.of(ALICE, alice),
                Map.of(),
                Map.of(route.id(), route),
                keys.length == 0 ? Map.of() : Map.of(keys[0].id(), alice));
    }

    @Test
    void it_holds_while_all_is_as_it_was() {
        assertThat(standing.holds(catalogue(OF_CREW, CREW, KEY), NOW)).isTrue();
    }

    @Test
    void it_falls_with_the_key_the_access_the_tenant_or_the_route() {
        assertThat(standing.holds(catalogue(OF_CREW, CREW, KEY), KEY.expires()))
                .as("expired")
                .isFalse();
        assertThat(standing.holds(catalogue(OF_CREW, CREW), NOW))
                .as("key removed")
                .isFalse();
        assertThat(standing.holds(catalogue(new Access(false, Set.of(), Set.of()), CREW, KEY), NOW))
                .as("access taken away")
                .isFalse();
        assertThat(standing.holds(catalogue(OF_CREW, new TenantId("others"), KEY), NOW))
                .as("moved to another tenant")
                .isFalse();
        assertThat(standing.holds(Catalogue.EMPTY, NOW)).as("route gone").isFalse();
    }

    @Test
    void whoever_showed_no_key_stays_as_long_as_the_route_is_open_to_everybody() {
        var anonymous = new Standing(Principal.ANONYMOUS, new RouteId("r"), "");

        assertThat(anonymous.holds(catalogue(new Access(true, Set.of(), Set.of()), CREW), NOW))
                .isTrue();
        assertThat(anonymous.holds(catalogue(OF_CREW, CREW), NOW)).isFalse();
    }
}
