package gatehouse.session.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource({
        "400,400", "404,404", "429,429", "500,500", "503,503", "401,400", "403,400", "407,400", "408,400", "499,400",
        "520,502", "302,502", "199,502", "999,502", "0,502",
    })
    void a_modern_client_gets_only_statuses_that_speak_of_its_request(int upstreams, int clients) {
        assertThat(Failures.status(upstreams)).isEqualTo(clients);
    }
}
