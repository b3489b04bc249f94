package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StreamLogTest {

    private static final ActorTestKit KIT = ActorTestKit.create(
            "streams",
            com.typesafe.config.ConfigFactory.parseString("pekko.actor.provider = local")
                    .withFallback(com.typesafe.config.ConfigFactory.load()));
    private static final StreamKey KEY = new StreamKey(new SessionKey("owner.session"), "stream");

    private final MemoryOutbox outbox = new MemoryOutbox(
            new MemoryOutbox.Bounds(100, Duration.ofMinutes(1), Duration.ofMinutes(1)), Clock.systemUTC());
    private final StreamLog log = new StreamLog(outbox, KEY, new StreamLog.Bounds(8, 1000, 2), -1);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private void write(String... messages) {
        await(log.write(List.of(messages).stream().map(ByteString::fromString).toList()));
    }

    private CompletionStage<List<String>> read(long after) {
        return log.read(after)
                .map(entry -> entry.number() + entry.data().utf8String())
                .runWith(Sink.seq(), KIT.system());
    }

    @Test
    void a_reader_gets_what_was_and_what_comes_in_order_and_once() {
        await(log.open(ByteString.fromString("7")));
        write("a");
        var read = read(-1);
        write("b", "c");
        await(log.close(List.of(ByteString.fromString("d"))));

        assertThat(await(read)).containsExactly("07", "1a", "2b", "3c", "4d");
    }

    @Test
    void a_reader_that_resumes_ends_the_one_before_it() {
        await(log.open(ByteString.emptyByteString()));
        var first = read(-1);
        write("a");
        var second = read(1);

        assertThat(await(first)).isSubsetOf("0", "1a");
        await(log.close(List.of(ByteString.fromString("b"))));
        assertThat(await(second)).containsExactly("2b");
    }

    @Test
    void what_memory_does_not_hold_is_read_back() {
        await(log.open(ByteString.emptyByteString()));
        IntStream.range(0, 6).forEach(number -> write("m" + number));
        await(log.close(List.of()));

        assertThat(await(read(0))).containsExactly("1m0", "2m1", "3m2", "4m3", "5m4", "6m5");
    }

    @Test
    void no_more_is_kept_than_the_bounds_allow() {
        await(log.open(ByteString.emptyByteString()));
        IntStream.range(0, 30).forEach(number -> write("m" + number));

        assertThat(await(outbox.read(KEY, -1, 100))).hasSizeLessThanOrEqualTo(9);
        assertThat(await(outbox.extent(KEY)).last()).isEqualTo(30);
    }

    @Test
    void a_writer_that_leaves_ends_its_reader_but_not_the_stream() {
        await(log.open(ByteString.emptyByteString()));
        var read = read(-1);
        log.leave();

        assertThat(await(read)).isSubsetOf("0");
        assertThat(await(outbox.extent(KEY)).closed()).isFalse();
    }
}
