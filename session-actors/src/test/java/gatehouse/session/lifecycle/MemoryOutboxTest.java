package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class MemoryOutboxTest {

    private static final int STREAMS = 3;
    private static final Duration ENDED = Duration.ofMinutes(15);
    private static final Duration OPEN = Duration.ofHours(24);
    private static final StreamKey QUIET = stream("quiet");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final MemoryOutbox outbox = new MemoryOutbox(new MemoryOutbox.Bounds(STREAMS, ENDED, OPEN), new Clock() {
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
