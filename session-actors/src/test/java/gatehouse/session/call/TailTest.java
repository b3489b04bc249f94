package gatehouse.session.call;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.lifecycle.Entry;
import gatehouse.session.lifecycle.MemoryOutbox;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.StreamKey;
import gatehouse.session.lifecycle.StreamLog;
import gatehouse.session.upstream.Upstreaming;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TailTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final StreamKey STREAM = new StreamKey(new SessionKey("s"), "stream");

    private final MemoryOutbox outbox = new MemoryOutbox(
            new MemoryOutbox.Bounds(10, 1 << 20, Duration.ofHours(1), Duration.ofHours(1)), Clock.systemUTC());
    private final StreamLog writer = new StreamLog(outbox, STREAM, new StreamLog.Bounds(1000, 1 << 20, 8, 1 << 20), -1);
    private final Tail tail = new Tail(KIT.system(), outbox, STREAM);
    private final AtomicBoolean written = new AtomicBoolean(true);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void what_is_stored_and_what_comes_is_read_once_and_in_order() {
        got(writer.open(ByteString.fromString("1")));
        got(writer.write(List.of(said(1), said(2)), ""));
        var read = following(0, TailTest::unexpected);

        for (var i = 3; i <= 300; i++) {
            got(writer.write(List.of(said(i)), ""));
        }
        got(writer.close(List.of(said(301))));

        assertThat(got(read))
                .isEqualTo(
                        IntStream.rangeClosed(1, 301).mapToObj(TailTest::said).toList());
    }

    @Test
    void whoever_resumes_gets_what_follows() {
        got(writer.open(ByteString.fromString("1")));
        got(writer.write(List.of(said(1), said(2), said(3)), ""));
        var read = following(2, TailTest::unexpected);

        got(writer.close(List.of(said(4))));

        assertThat(got(read)).containsExactly(said(3), said(4));
    }

    @Test
    void a_stream_whose_writer_is_gone_is_finished_and_read_to_that_end() {
        got(writer.open(ByteString.fromString("1")));
        got(writer.write(List.of(said(1)), ""));
        var read = following(0, () -> writer.close(List.of(said(2))));
        assertThat(read).isNotDone();

        written.set(false);

        assertThat(got(read)).containsExactly(said(1), said(2));
    }

    @Test
    void a_stream_that_nobody_finishes_ends_where_it_stands() {
        got(writer.open(ByteString.fromString("1")));
        got(writer.write(List.of(said(1)), ""));
        written.set(false);

        assertThat(got(following(0, () -> CompletableFuture.completedFuture(Done.getInstance()))))
                .containsExactly(said(1));
    }

    @Test
    void what_is_stored_is_read_without_waiting() {
        got(writer.open(ByteString.fromString("1")));
        got(writer.write(List.of(said(1)), ""));

        assertThat(got(tail.stored(0).map(Entry::data).runWith(Sink.seq(), KIT.system())))
                .containsExactly(said(1));
    }

    private CompletableFuture<List<ByteString>> following(long after, Supplier<CompletionStage<Done>> orphaned) {
        return tail.following(
                        after,
                        () -> written.get()
                                ? CompletableFuture.completedFuture(true)
                                : orphaned.get().thenApply(done -> false))
                .map(Entry::data)
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture();
    }

    private static CompletionStage<Done> unexpected() {
        return CompletableFuture.failedFuture(new AssertionError("its writer is there"));
    }

    private static ByteString said(int number) {
        return ByteString.fromString("message " + number);
    }

    private static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
