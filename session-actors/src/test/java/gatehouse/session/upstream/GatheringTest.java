package gatehouse.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    /// A chain of single bytes would cost a hundred times what they say.
    @Test
    void a_body_in_single_bytes_is_kept_in_one_piece() {
        var body = (Gathering.Body) gather(10_000, 10_000);

        assertThat(body.bytes().utf8String()).isEqualTo("x".repeat(10_000));
        assertThat(body.bytes().getByteBuffers()).hasSize(1);
    }

    @Test
    void a_body_beyond_the_bound_is_spoiled() {
        assertThat(gather(10_001, 10_000)).isEqualTo(new Gathering.Spoiled(Fault.garbled("answer is too large")));
    }

    private static Gathering.Gathered gather(int bytes, int limit) {
        var gathered = new CompletableFuture<Gathering.Gathered>();
        Source.from(Collections.nCopies(bytes, ByteString.fromString("x")))
                .runWith(new Gathering(limit, gathered::complete), KIT.system());
        return gathered.orTimeout(5, TimeUnit.SECONDS).join();
    }
}
