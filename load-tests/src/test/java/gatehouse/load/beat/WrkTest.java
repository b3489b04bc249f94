package gatehouse.load.beat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrkTest {
    private static final String GOOD = """
              Latency Distribution
                 50%  826.00us
                 75%    1.57ms
                 99%    1.20s
              356375 requests in 8.07s, 403.08MB read
            Requests/sec:  44147.18
            """;

    @Test
    void throughput_and_latencies_are_read_in_one_unit() {
        assertThat(Wrk.peak(GOOD)).isEqualTo(new Peak(44147.18, 0.826, 1200, 0, Double.NaN));
    }

    @Test
    void refused_and_broken_requests_are_errors() {
        var output = GOOD + "  Socket errors: connect 0, read 3, write 0, timeout 2\n  Non-2xx or 3xx responses: 7\n";

        assertThat(Wrk.peak(output).errors()).isEqualTo(12);
    }

    @Test
    void no_answer_at_all_is_an_error() {
        assertThat(Wrk.peak("Requests/sec:      0.00\n").errors()).isEqualTo(1);
    }
}
