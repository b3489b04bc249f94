package gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.Agent;
import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.AgentKey;
import gatehouse.config.catalogue.ApiKey;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.Network;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.Speaks;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.catalogue.Upstream;
import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.rate.CrowdSettings;
import gatehouse.policy.verdict.Admission;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Credential;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Principal;
import gatehouse.policy.verdict.Proof;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatekeeperTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final TenantId CREW = new TenantId("crew");
    private static final AgentId ALICE = new AgentId("alice");
    private static final Upstream UPSTREAM = new Upstream(
            new UpstreamId("up"),
            CREW,
            URI.create("http://127.0.0.1:1/mcp"),
            Speaks.AUTO,
            Network.LOOPBACK,
            1,
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    private final ApiKey key = ApiKey.mint("test");
    private final Catalogue catalogue = catalogue(NOW.plusSeconds(60));
    private final Gatekeeper gatekeeper = new Gatekeeper(new CrowdSettings(1, 10, 1000, 1500, 10, 4, 4, 4, 4));

    private Catalogue catalogue(Instant expires) {
        var alice = new Agent(ALICE, CREW, List.of(new AgentKey(key.id(), key.hash(), expires)));
        return new Catalogue(1, Map.of(), Map.of(ALICE, alice), Map.of(), Map.of(), Map.of(key.id(), alice));
    }

    private static Route route(Access access) {
        return Route.to(new RouteId("r"), UPSTREAM.id(), access, Set.of(), Journal.DURABLE, 1000);
    }

    private static Route crew() {
        return route(new Access(false, Set.of(CREW), Set.of()));
    }

    private Proof prove(String text, Catalogue declared) {
        return gatekeeper.prove(new Credential.Key(text), crew(), declared, NOW);
    }

    @Test
    void a_key_proves_its_agent() {
        assertThat(prove(key.reveal(), catalogue)).isEqualTo(new Proof.Proven(new Principal(CREW, ALICE)));
    }

    @Test
    void every_key_that_does_not_hold_is_refused_alike() {
        var refused = new Proof.Unproven(new Denial.Unauthenticated());

        assertThat(prove(ApiKey.mint("test").reveal(), catalogue)).isEqualTo(refused);
        assertThat(prove(key.reveal() + "x", catalogue)).isEqualTo(refused);
        assertThat(prove(key.reveal(), catalogue(NOW))).isEqualTo(refused);
    }

    @Test
    void a_wrong_key_is_refused_even_where_none_is_asked_for() {
        var open = route(new Access(true, Set.of(), Set.of()));

        assertThat(gatekeeper.prove(new Credential.Key("gh_no"), open, catalogue, NOW))
                .isInstanceOf(Proof.Unproven.class);
        assertThat(gatekeeper.prove(new Credential.None(), open, catalogue, NOW))
                .isEqualTo(new Proof.Proven(Principal.ANONYMOUS));
    }

    @Test
    void who_is_not_named_may_not() {
        var stranger = new Principal(new TenantId("others"), new AgentId("bob"));

        assertThat(gatekeeper.admit(new Call(stranger, crew(), Course.to(UPSTREAM))))
                .isEqualTo(new Admission.Denied(new Denial.Forbidden()));
        assertThat(gatekeeper.admit(new Call(Principal.ANONYMOUS, crew(), Course.to(UPSTREAM))))
                .isEqualTo(new Admission.Denied(new Denial.Forbidden()));
    }

    @Test
    void an_agent_calls_no_more_at_once_than_its_share() {
        var call = new Call(new Principal(CREW, ALICE), crew(), Course.to(UPSTREAM));
        var first = gatekeeper.admit(call);

        assertThat(gatekeeper.admit(call)).isInstanceOf(Admission.Denied.class);
        assertThat(first).isInstanceOf(Admission.Granted.class);
        ((Admission.Granted) first).permits().giveBack();
        assertThat(gatekeeper.admit(call)).isInstanceOf(Admission.Granted.class);
    }
}
