package gatehouse.session.crossing.modern;

import static gatehouse.session.upstream.Upstreaming.at;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.verdict.Principal;
import gatehouse.session.upstream.Upstreaming;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What a leg remembers of its upstream.
class SharedLegTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void names_of_any_length_are_not_remembered() {
        var key = new LegKey(Principal.ANONYMOUS, at(URI.create("http://localhost:1/mcp")));
        var leg = new SharedLeg(
                key,
                outbound -> new CompletableFuture<>(),
                KIT.system(),
                Facing.settings().legs());

        leg.learn(Set.of("x".repeat(256), "y".repeat(257)));

        assertThat(leg.wantsTask("x".repeat(256))).isTrue();
        assertThat(leg.wantsTask("y".repeat(257))).isFalse();
    }
}
