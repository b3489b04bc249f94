package gatehouse.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HopsTest {

    @Test
    void hops_are_counted_over_all_headers_and_among_those_of_others() {
        var via = List.of("1.1 gatehouse, 1.0 proxy (1.1 gatehouse)", " 1.1 GATEHOUSE ,1.1 other", "");

        assertThat(Hops.of(via)).isEqualTo(new Hops(2));
    }

    @Test
    void what_came_goes_on_and_what_others_said_does_not() {
        assertThat(Hops.of(List.of("1.1 proxy")).onward()).isEmpty();
        assertThat(Hops.of(List.of("1.1 gatehouse, 1.1 proxy, 1.1 gatehouse")).onward())
                .containsExactly(new Header("Via", "1.1 gatehouse, 1.1 gatehouse"));
    }
}
