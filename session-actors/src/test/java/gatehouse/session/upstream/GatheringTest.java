package gatehouse.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.rate.Crowd;
import gatehouse.policy.rate.Load;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Denial.Scope;
import java.util.Collections;
import java.util.List;
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

    @Test
    void a_body_for_which_there_is_no_room_is_spoiled_and_holds_none() {
        var crowd = new Crowd();
        var room = new Load(crowd, List.of(new Crowd.Share(Scope.BYTES_OF_AGENT, "a", 20_000)));

        assertThat(gather(30_000, 40_000, new Arriving(() -> room)))
                .isInstanceOfSatisfying(
                        Gathering.Spoiled.class,
                        spoiled -> assertThat(spoiled.fault())
                                .isEqualTo(Fault.noRoom(new Denial.Crowded(Scope.BYTES_OF_AGENT, 20_000))));

        Upstreaming.await(() -> crowd.total() == 0);
    }

    @Test
    void a_body_holds_its_room_until_it_is_handed_over() {
        var crowd = new Crowd();
        var room = new Load(crowd, List.of(new Crowd.Share(Scope.BYTES_OF_AGENT, "a", 30_000)));

        assertThat(gather(20_000, 40_000, new Arriving(() -> room))).isInstanceOf(Gathering.Body.class);

        Upstreaming.await(() -> crowd.total() == 0);
    }

    private static Gathering.Gathered gather(int bytes, int limit) {
        return gather(bytes, limit, new Arriving(Load::none));
    }

    private static Gathering.Gathered gather(int bytes, int limit, Arriving arriving) {
        var gathered = new CompletableFuture<Gathering.Gathered>();
        Source.from(Collections.nCopies(bytes, ByteString.fromString("x")))
                .runWith(new Gathering(limit, arriving, gathered::complete), KIT.system());
        return gathered.orTimeout(5, TimeUnit.SECONDS).join();
    }
}
