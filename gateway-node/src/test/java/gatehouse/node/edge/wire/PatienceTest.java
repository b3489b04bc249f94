package gatehouse.node.edge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.node.edge.wire.Framing.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final long SECOND = 1_000_000_000;

    private final Patience patience = new Patience(new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            1024,
            Duration.ofSeconds(75),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1)));

    @Test
    void a_request_is_waited_for_longer_than_the_rest_of_its_head() {
        patience.begin(Phase.IDLE, 5 * SECOND);
        assertThat(patience.due(Phase.IDLE)).isEqualTo(80 * SECOND);

        patience.begin(Phase.HEAD, 6 * SECOND);
        assertThat(patience.due(Phase.HEAD)).isEqualTo(16 * SECOND);
    }

    @Test
    void a_request_that_is_here_is_nobody_s_fault_any_more() {
        patience.begin(Phase.IDLE, 0);

        assertThat(patience.due(Phase.COMPLETE)).isEqualTo(Patience.NEVER);
    }

    @Test
    void a_body_that_brings_nothing_has_its_grace() {
        patience.begin(Phase.BODY, 0);
        patience.awaitBody(3 * SECOND);

        assertThat(patience.due(Phase.BODY)).isEqualTo(5 * SECOND);
    }

    @Test
    void a_body_earns_time_by_what_it_brings_but_never_more_than_a_body_has() {
        patience.begin(Phase.BODY, 0);
        patience.awaitBody(0);
        patience.bodyCame(3 * 1024, SECOND);
        patience.awaitBody(SECOND);
        assertThat(patience.due(Phase.BODY)).isEqualTo(5 * SECOND);

        patience.bodyCame(1024 * 1024, 2 * SECOND);
        patience.awaitBody(2 * SECOND);
        assertThat(patience.due(Phase.BODY)).isEqualTo(20 * SECOND);
    }

    @Test
    void a_client_does_not_pay_for_a_slow_reader_behind_us() {
        patience.begin(Phase.BODY, 0);
        patience.awaitBody(0);
        patience.bodyCame(0, SECOND);
        assertThat(patience.due(Phase.BODY)).isEqualTo(Patience.NEVER);

        patience.awaitBody(100 * SECOND);

        assertThat(patience.due(Phase.BODY)).isEqualTo(101 * SECOND);
    }

    @Test
    void the_next_body_starts_anew() {
        patience.begin(Phase.BODY, 0);
        patience.awaitBody(0);
        patience.bodyCame(9999, SECOND);

        patience.begin(Phase.BODY, 50 * SECOND);
        patience.awaitBody(50 * SECOND);

        assertThat(patience.due(Phase.BODY)).isEqualTo(52 * SECOND);
    }

    @Test
    void what_is_written_must_be_taken_in_time() {
        patience.written(SECOND);
        assertThat(patience.due(Phase.COMPLETE)).isEqualTo(31 * SECOND);
        assertThat(patience.stalled(30 * SECOND)).isFalse();
        assertThat(patience.stalled(31 * SECOND)).isTrue();

        patience.taken();

        assertThat(patience.due(Phase.COMPLETE)).isEqualTo(Patience.NEVER);
        assertThat(patience.stalled(99 * SECOND)).isFalse();
    }

    @Test
    void after_the_last_byte_only_the_linger_counts() {
        patience.begin(Phase.IDLE, 0);
        patience.leave(7 * SECOND);

        assertThat(patience.due(Phase.COMPLETE)).isEqualTo(8 * SECOND);
    }
}
