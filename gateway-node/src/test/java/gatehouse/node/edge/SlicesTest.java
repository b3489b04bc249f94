package gatehouse.node.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.policy.rate.Crowd;
import gatehouse.policy.rate.Load;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Denial.Scope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SlicesTest {

    private static final ActorSystem<Void> SYSTEM = ActorSystem.create(
            Behaviors.empty(),
            "slices",
            ConfigFactory.parseString("pekko.actor.provider = local, pekko.fail-mixed-versions = off")
                    .withFallback(ConfigFactory.load()));
    private static final int SLICE = 64 * 1024;
    private static final int LARGE = 9 * SLICE + 1;
    private static final ByteString SMALL = ByteString.fromString("small");
    private static final ByteString SORRY = ByteString.fromString("sorry");

    private final Crowd crowd = new Crowd();

    @AfterAll
    static void stop() {
        SYSTEM.terminate();
    }

    @Test
    void a_large_message_comes_in_slices_and_holds_its_room_until_more_is_asked_for() {
        var read = reading(LARGE, bytes(LARGE), SMALL);

        assertThat(next(read).map(ByteString::size)).contains(SLICE);
        assertThat(crowd.total()).isEqualTo(LARGE); // whatever is read ahead
        for (var i = 0; i < 8; i++) {
            assertThat(next(read).map(ByteString::size)).contains(SLICE);
        }
        assertThat(next(read).map(ByteString::size)).contains(LARGE - 9 * SLICE);
        assertThat(next(read)).contains(SMALL);
        assertThat(crowd.total()).isZero();
        assertThat(next(read)).isEmpty();
    }

    @Test
    void the_last_message_comes_whole_however_early_its_source_ends() {
        var read = reading(LARGE, bytes(LARGE));

        var size = 0;
        for (var slice = next(read); slice.isPresent(); slice = next(read)) {
            size += slice.get().size();
        }
        assertThat(size).isEqualTo(LARGE);
        assertThat(crowd.total()).isZero();
    }

    @Test
    void one_without_room_ends_the_stream_with_last_words() {
        var read = reading(100_000, SMALL, bytes(LARGE), SMALL);

        assertThat(next(read)).contains(SMALL);
        assertThat(next(read)).contains(SORRY);
        assertThat(next(read)).isEmpty();
        assertThat(crowd.total()).isZero();
    }

    @Test
    void a_client_that_leaves_gives_its_room_back() {
        var read = reading(LARGE, bytes(LARGE));
        next(read);

        read.cancel();

        RunningEdge.await(() -> crowd.total() == 0, "room is given back");
    }

    private SinkQueueWithCancel<ByteString> reading(int room, ByteString... messages) {
        var load = new Load(crowd, List.of(new Crowd.Share(Scope.BYTES_OF_AGENT, "a", room)));
        return Source.from(List.of(messages))
                .via(new Slices(
                        load,
                        denial -> denial.equals(new Denial.Crowded(Scope.BYTES_OF_AGENT, room))
                                ? Optional.of(SORRY)
                                : Optional.empty()))
                .runWith(Sink.<ByteString>queue(1).withAttributes(Attributes.inputBuffer(1, 1)), SYSTEM);
    }

    private static Optional<ByteString> next(SinkQueueWithCancel<ByteString> read) {
        return read.pull().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }

    private static ByteString bytes(int size) {
        return ByteString.fromArray(new byte[size]);
    }
}
