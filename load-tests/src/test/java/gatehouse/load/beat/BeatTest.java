package gatehouse.load.beat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.load.echo.FastEcho;
import gatehouse.load.wire.Era;
import gatehouse.load.wire.Key;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BeatTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @ParameterizedTest
    @EnumSource
    void an_open_rhythm_sends_as_many_calls_as_its_rate_says(Era era) throws Exception {
        try (var echo = FastEcho.start(0)) {
            var score = new Beat(new Script(at(echo.port()), era), new Rhythm.Open(200, SHORT), 3, 1024).run();

            assertThat(score.complaints()).isEmpty();
            assertThat(score.answers()).isEqualTo(60);
            assertThat(score.millisAt(50)).isPositive().isLessThanOrEqualTo(score.maxMillis());
        }
    }

    @Test
    void a_closed_rhythm_asks_until_its_time_is_over() throws Exception {
        try (var echo = FastEcho.start(0)) {
            var score = new Beat(new Script(at(echo.port()), Era.LEGACY), new Rhythm.Closed(SHORT), 2, 10).run();

            assertThat(score.complaints()).isEmpty();
            assertThat(score.answers()).isGreaterThan(2);
            assertThat(score.peak(SHORT).perSecond()).isGreaterThan(6);
        }
    }

    @Test
    void where_nobody_listens_every_call_is_an_error_and_the_beat_still_ends() throws Exception {
        var score = new Beat(new Script(at(deafPort()), Era.LEGACY), new Rhythm.Open(100, SHORT), 2, 10).run();

        assertThat(score.answers()).isZero();
        assertThat(score.errors()).isGreaterThanOrEqualTo(30);
        assertThat(score.complaints()).isNotEmpty().hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void calls_that_waited_for_a_free_line_count_from_when_they_were_due() throws Exception {
        try (var stalling = new Stalling(Duration.ofMillis(200))) {
            var score = new Beat(new Script(at(stalling.port()), Era.MODERN), new Rhythm.Open(100, SHORT), 1, 10).run();

            // Only the first call stalls; without the correction the median would not see it.
            assertThat(score.answers()).isEqualTo(30);
            assertThat(score.millisAt(50)).isGreaterThan(20);
        }
    }

    @Test
    void no_beat_has_more_lines_than_the_machine_bears() {
        var script = new Script(at(1), Era.LEGACY);

        assertThatThrownBy(() -> new Beat(script, new Rhythm.Closed(SHORT), 513, 10))
                .hasMessage("lines is 513, not between 1 and 512");
    }

    private static Target at(int port) {
        return Target.at("echo", URI.create("http://127.0.0.1:" + port + "/mcp"), Key.NONE);
    }

    private static int deafPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
