package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MemoryOutboxTest {

    private static final int STREAMS = 3;
    private static final long BYTES = 4 << 20;
    private static final Duration ENDED = Duration.ofMinutes(15);
    private static final Duration OPEN = Duration.ofHours(24);
    private static final StreamKey QUIET = stream("quiet");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final MemoryOutbox outbox =
            new MemoryOutbox(new MemoryOutbox.Bounds(STREAMS, BYTES, ENDED, OPEN), new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            });

    private static StreamKey stream(String name) {
        return new StreamKey(new SessionKey("owner." + name), name);
    }

    private static Entry entry(long number, Entry.Kind kind) {
        return new Entry(number, kind, ByteString.fromString(kind + " " + number));
    }

    private void refuses(StreamKey stream, long number, Entry.Kind kind, Class<? extends Throwable> with) {
        assertThat(outbox.append(stream, List.of(entry(number, kind))))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(with);
    }

    private void write(StreamKey stream, long number, Entry.Kind kind) {
        await(outbox.append(stream, List.of(entry(number, kind))));
    }

    private void writeWhole(StreamKey stream) {
        write(stream, 0, Entry.Kind.OPENED);
        write(stream, 1, Entry.Kind.CLOSED);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private Outbox.Extent extent(StreamKey stream) {
        return await(outbox.extent(stream));
    }

    @Test
    void a_quiet_stream_keeps_its_log_however_many_others_come_and_go() {
        write(QUIET, 0, Entry.Kind.OPENED);
        for (var i = 0; i < 10 * STREAMS; i++) {
            writeWhole(stream("passing-" + i));
        }

        assertThat(extent(QUIET).last()).isZero();
    }

    @Test
    void a_quiet_stream_keeps_its_log_longer_than_one_that_ended() {
        write(QUIET, 0, Entry.Kind.OPENED);
        writeWhole(stream("ended"));

        now = now.plus(ENDED).plusSeconds(1);
        writeWhole(stream("next"));

        assertThat(extent(stream("ended")).exists()).isFalse();
        assertThat(extent(QUIET).exists()).isTrue();
        write(QUIET, 1, Entry.Kind.MESSAGE);
    }

    @Test
    void of_those_that_ended_the_one_that_ended_first_goes_first() {
        writeWhole(stream("a"));
        writeWhole(stream("b"));
        writeWhole(stream("c"));
        writeWhole(stream("d"));

        assertThat(extent(stream("a")).exists()).isFalse();
        assertThat(extent(stream("b")).closed()).isTrue();
    }

    @Test
    void where_all_go_on_a_new_one_finds_no_room_until_one_ends() {
        for (var i = 0; i < STREAMS; i++) {
            write(stream("living-" + i), 0, Entry.Kind.OPENED);
        }

        refuses(stream("more"), 0, Entry.Kind.OPENED, StoreBusy.class);

        write(stream("living-0"), 1, Entry.Kind.MESSAGE);
        write(stream("living-1"), 1, Entry.Kind.CLOSED);
        write(stream("more"), 0, Entry.Kind.OPENED);
        assertThat(extent(stream("living-0")).last()).isOne();
        assertThat(extent(stream("living-1")).exists()).isFalse();
    }

    @Test
    void a_stream_nobody_ended_is_forgotten_when_no_session_can_be_that_old() {
        write(QUIET, 0, Entry.Kind.OPENED);
        now = now.plus(OPEN).minusSeconds(1);
        write(stream("busy"), 0, Entry.Kind.OPENED);
        assertThat(extent(QUIET).exists()).isTrue();

        now = now.plusSeconds(2);
        write(stream("busy"), 1, Entry.Kind.MESSAGE);

        assertThat(extent(QUIET).exists()).isFalse();
        assertThat(extent(stream("busy")).last()).isOne();
    }

    @Test
    void a_page_ends_where_it_is_large() {
        for (var i = 0; i < 6; i++) {
            await(outbox.append(
                    QUIET, List.of(new Entry(i, Entry.Kind.MESSAGE, ByteString.fromString("x".repeat(400_000))))));
        }

        assertThat(await(outbox.read(QUIET, -1, 64))).extracting(Entry::number).containsExactly(0L, 1L, 2L);
        assertThat(await(outbox.read(QUIET, 2, 2))).extracting(Entry::number).containsExactly(3L, 4L);
    }

    private void writeMuch(StreamKey stream, long number) {
        await(outbox.append(
                stream, List.of(new Entry(number, Entry.Kind.MESSAGE, ByteString.fromString("x".repeat(1_500_000))))));
    }

    @Test
    void of_those_that_hold_too_much_one_that_ended_goes_before_one_that_goes_on() {
        write(QUIET, 0, Entry.Kind.OPENED);
        writeMuch(QUIET, 1);
        writeMuch(stream("ended"), 0);
        write(stream("ended"), 1, Entry.Kind.CLOSED);

        writeMuch(stream("more"), 0);

        assertThat(extent(stream("ended")).exists()).isFalse();
        assertThat(extent(QUIET).goesOnAfter(0)).isTrue();
    }

    @Test
    void where_all_go_on_the_quietest_keeps_its_place_and_nothing_before_it() {
        write(QUIET, 0, Entry.Kind.OPENED);
        writeMuch(QUIET, 1);
        writeMuch(stream("a"), 0);

        writeMuch(stream("b"), 0);

        assertThat(extent(QUIET)).isEqualTo(new Outbox.Extent(2, 1, false, ByteString.fromString("OPENED 0"), ""));
        assertThat(extent(QUIET).goesOnAfter(0)).isFalse();
        assertThat(extent(QUIET).goesOnAfter(1)).isTrue();
        refuses(QUIET, 1, Entry.Kind.MESSAGE, Outbox.StaleWriter.class);
        write(QUIET, 2, Entry.Kind.MESSAGE);
        assertThat(await(outbox.read(QUIET, -1, 64))).extracting(Entry::number).containsExactly(2L);
        assertThat(extent(stream("a")).goesOnAfter(-1)).isTrue();
    }

    /// Whatever is written, trimmed, dropped and ended, in whatever order.
    @RepeatedTest(20)
    void never_holds_more_bytes_than_it_may(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        for (var i = 0; i < 200; i++) {
            var stream = stream("s" + random.nextInt(STREAMS));
            var next = extent(stream).last() + 1;
            switch (random.nextInt(8)) {
                case 0 -> await(outbox.trim(stream, next - 2));
                case 1 -> await(outbox.drop(stream.session()));
                case 2 -> write(stream, next, Entry.Kind.CLOSED);
                default -> writeMuch(stream, next);
            }
            now = now.plusSeconds(random.nextInt(100));

            var held = IntStream.range(0, STREAMS)
                    .mapToLong(s -> await(outbox.read(stream("s" + s), -1, 64)).stream()
                            .mapToLong(entry -> entry.data().size())
                            .sum())
                    .sum();
            assertThat(held).isLessThanOrEqualTo(BYTES);
        }
    }

    @Test
    void a_number_that_is_taken_is_refused_also_after_the_end() {
        writeWhole(QUIET);

        refuses(QUIET, 1, Entry.Kind.CLOSED, Outbox.StaleWriter.class);
    }

    @Test
    void a_session_that_ends_leaves_nothing() {
        write(QUIET, 0, Entry.Kind.OPENED);
        writeWhole(new StreamKey(QUIET.session(), "call"));
        write(stream("other"), 0, Entry.Kind.OPENED);

        await(outbox.drop(QUIET.session()));

        assertThat(extent(QUIET).exists()).isFalse();
        assertThat(extent(new StreamKey(QUIET.session(), "call")).exists()).isFalse();
        assertThat(extent(stream("other")).exists()).isTrue();
    }
}
