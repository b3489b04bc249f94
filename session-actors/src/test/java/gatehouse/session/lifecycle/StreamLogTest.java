package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.HeldOutbox;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StreamLogTest {

    private static final ActorTestKit KIT = ActorTestKit.create(
            "streams",
            com.typesafe.config.ConfigFactory.parseString("pekko.actor.provider = local")
                    .withFallback(com.typesafe.config.ConfigFactory.load()));
    private static final Leg LEG = new Leg("leg", "2025-11-25");
    private static final StreamKey KEY = new StreamKey(new SessionKey("owner.session"), "stream");

    private final HeldOutbox outbox = new HeldOutbox(new MemoryOutbox(
            new MemoryOutbox.Bounds(100, 16 << 20, Duration.ofMinutes(1), Duration.ofMinutes(1)), Clock.systemUTC()));
    private final StreamLog log = new StreamLog(outbox, KEY, new StreamLog.Bounds(8, 1000, 2, 100), -1);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private void write(String... messages) {
        await(log.write(List.of(messages).stream().map(ByteString::fromString).toList(), ""));
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
    void a_number_nobody_gave_out_hides_nothing_from_the_next_reader() {
        await(log.open(ByteString.emptyByteString()));
        var liar = read(999_999_999_999_999_999L);
        write("a");
        await(log.close(List.of()));

        assertThat(await(liar)).isEmpty();
        assertThat(log.taken()).isLessThanOrEqualTo(2);
    }

    @Test
    void a_reader_whose_entries_are_gone_goes_on_with_what_comes() {
        await(log.open(ByteString.emptyByteString()));
        write("a", "b", "c", "d");
        await(outbox.trim(KEY, 4));
        var read = read(0);
        write("e");
        await(log.close(List.of()));

        assertThat(await(read)).containsExactly("5e");
    }

    @Test
    void what_memory_does_not_hold_is_read_back() {
        await(log.open(ByteString.emptyByteString()));
        IntStream.range(0, 6).forEach(number -> write("m" + number));
        await(log.close(List.of()));

        assertThat(await(read(0))).containsExactly("1m0", "2m1", "3m2", "4m3", "5m4", "6m5");
    }

    /// Whoever opens streams and does not read them pays for it with reads of the store, not with the node's
    /// memory.
    @Test
    void what_is_large_is_read_back_however_few_there_are() throws Exception {
        await(log.open(ByteString.emptyByteString()));
        write("a".repeat(60));
        write("b".repeat(60));

        var before = outbox.reads();
        assertThat(await(log.read(0).take(2).runWith(Sink.seq(), KIT.system()))).hasSize(2);

        assertThat(outbox.reads()).isGreaterThan(before);
    }

    @Test
    void what_arrives_while_a_batch_is_written_waits_at_its_upstream_beyond_a_mebibyte() throws Exception {
        await(log.open(ByteString.emptyByteString()));
        outbox.next();
        outbox.hold();
        var large = Message.notification("notifications/message", "{\"data\":\"" + "x".repeat(400_000) + "\"}");
        var events = Source.from(Collections.nCopies(10, new Event("", -1, List.of(large))));
        var pump = Pump.run(events.mapMaterializedValue(_ -> NotUsed.getInstance()), AS_IT_IS, log, KIT.system());
        var first = outbox.next();
        outbox.release();
        await(pump.drained());

        var written = first.size();
        while (written < 10) {
            var batch = outbox.next();
            written += batch.size();
            assertThat(batch.stream().mapToLong(entry -> entry.data().size()).sum())
                    .isLessThanOrEqualTo(1 << 20);
        }
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

    @Test
    void a_close_waits_for_the_batch_that_is_being_written() {
        await(log.open(ByteString.emptyByteString()));
        outbox.hold();
        var written = log.write(List.of(ByteString.fromString("a")), "");
        var closed = log.close(List.of(ByteString.fromString("error")));
        outbox.release();

        await(written);
        await(closed);
        assertThat(await(read(0))).containsExactly("1a", "2error");
    }

    @Test
    void a_stream_given_up_while_its_pump_writes_still_ends_with_the_error() throws Exception {
        await(log.open(ByteString.emptyByteString()));
        outbox.next();
        outbox.hold();
        var note = Message.notification("notifications/message", "{}");
        var events = Source.single(new Event("", -1, List.of(note))).concat(Source.maybe());
        var pump = Pump.run(events.mapMaterializedValue(_ -> NotUsed.getInstance()), AS_IT_IS, log, KIT.system());
        outbox.next();

        pump.stop().shutdown();
        var closed = log.close(List.of(ByteString.fromString("error")));
        outbox.release();

        await(closed);
        assertThat(await(read(0))).containsExactly("1" + note.bytes().utf8String(), "2error");
    }

    @Test
    void nothing_follows_the_close_and_only_the_first_close_counts() {
        await(log.open(ByteString.emptyByteString()));
        outbox.hold();
        var first = log.close(List.of(ByteString.fromString("answer")));
        var late = log.write(List.of(ByteString.fromString("late")), "");
        var second = log.close(List.of(ByteString.fromString("error")));
        outbox.release();

        await(first);
        await(second);
        assertThat(late)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Outbox.StaleWriter.class);
        assertThat(await(read(0))).containsExactly("1answer");
    }

    @Test
    void whoever_goes_on_with_a_stream_shuts_its_former_writer_out() {
        await(log.open(ByteString.emptyByteString()));
        write("a");
        var next = await(goingOn());

        assertThat(log.write(List.of(ByteString.fromString("stale")), ""))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .satisfies(
                        failure -> assertThat(Succession.isOvertaken(failure)).isTrue());

        await(next.write(List.of(ByteString.fromString("b")), ""));
        assertThat(await(outbox.read(KEY, 0, 9)).stream().map(Entry::kind))
                .containsExactly(Entry.Kind.MESSAGE, Entry.Kind.SIGNED, Entry.Kind.MESSAGE);
    }

    @Test
    void of_two_that_go_on_at_once_both_sign_and_the_later_one_writes() {
        await(log.open(ByteString.emptyByteString()));
        outbox.hold();
        var one = goingOn();
        var other = goingOn();
        outbox.release();

        var first = await(one);
        var second = await(other);
        var stale = first.last() < second.last() ? first : second;
        var writer = stale == first ? second : first;

        await(writer.write(List.of(ByteString.fromString("mine")), ""));
        assertThat(stale.write(List.of(ByteString.fromString("stale")), "")).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void a_stream_knows_how_far_its_upstream_was_read_whoever_writes_it() {
        await(log.open(ByteString.emptyByteString()));
        var here = new Position(LEG, "41").text();
        await(log.write(List.of(ByteString.fromString("a"), ByteString.fromString("b")), here));
        write("of an event without an id");

        var next = await(goingOn());

        assertThat(next.source()).isEqualTo(here);
        assertThat(Position.eventId(LEG, next.source())).isEqualTo("41");
        assertThat(Position.eventId(new Leg("another", "2025-11-25"), next.source()))
                .isEmpty();
        assertThat(await(goingOn()).source()).isEqualTo(here);
    }

    @Test
    void a_pump_writes_down_where_it_is() {
        await(log.open(ByteString.emptyByteString()));
        var note = Message.notification("notifications/message", "{}");
        var events = Source.from(List.of(
                new Event("e1", -1, List.of(note)), new Event("", -1, List.of(note)), new Event("e3", -1, List.of())));

        await(Pump.run(events.mapMaterializedValue(_ -> NotUsed.getInstance()), AS_IT_IS, log, KIT.system())
                .drained());

        assertThat(await(outbox.extent(KEY)).source())
                .isIn(new Position(LEG, "e1").text(), new Position(LEG, "e3").text());
    }

    private CompletionStage<StreamLog> goingOn() {
        return new Succession(outbox, KEY, new StreamLog.Bounds(8, 1000, 2, 100)).log();
    }

    private static final Pump.Passage AS_IT_IS = new Pump.Passage() {
        @Override
        public CompletionStage<List<Message>> carry(Message message) {
            return CompletableFuture.completedFuture(List.of(message));
        }

        @Override
        public boolean isLast(Message message) {
            return false;
        }

        @Override
        public Leg leg() {
            return LEG;
        }
    };
}
