package gatehouse.session.call;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.verdict.Denial;
import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Fault;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource({
        "400,400", "404,404", "429,429", "500,500", "503,503", "401,400", "403,400", "407,400", "408,400", "499,400",
        "520,502", "302,502", "199,502", "999,502", "0,502",
    })
    void a_modern_client_gets_only_statuses_that_speak_of_its_request(int upstreams, int clients) {
        assertThat(Failures.status(upstreams)).isEqualTo(clients);
    }

    /// Whoever reads nothing would have operators look at an upstream that does all it should.
    @ParameterizedTest
    @MethodSource
    void an_answer_that_had_no_room_here_is_no_failure_of_its_upstream(Fault fault, String outcome) {
        var why = Failures.broken(new CompletionException(new Broken(fault)));

        assertThat(why.ours()).isTrue();
        assertThat(why.fault().isOurs()).isTrue();
        assertThat(why.refusal()).isEqualTo(Failures.of(fault));
        assertThat(why.refusal().text()).contains("room").doesNotContain("hung up");
        assertThat(why.refusal().data()).contains(outcome);
    }

    static Stream<Arguments> an_answer_that_had_no_room_here_is_no_failure_of_its_upstream() {
        return Stream.of(
                Arguments.of(Fault.noRoom(new Denial.Unavailable("room")), "done"),
                Arguments.of(Fault.noStream(), "unknown"));
    }

    @Test
    void a_stream_that_breaks_is_one() {
        assertThat(Failures.broken(new Broken(Fault.unknown("connection was lost")))
                        .ours())
                .isFalse();
        assertThat(Failures.broken(new IllegalStateException()).ours()).isFalse();
    }
}
