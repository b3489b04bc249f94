package gatehouse.session.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallIdTest {

    @Test
    void no_id_is_given_twice() {
        assertThat(Stream.generate(CallId::next).limit(5000)).doesNotHaveDuplicates();
    }

    @Test
    void an_id_does_not_tell_the_one_that_follows() {
        var ids = Stream.generate(CallId::next).limit(1000).map(CallId::value).toList();

        assertThat(IntStream.range(1, ids.size()))
                .allMatch(i -> !ids.get(i).startsWith(ids.get(i - 1).substring(0, 8))
                        && !ids.get(i)
                                .endsWith(
                                        ids.get(i - 1).substring(ids.get(i - 1).length() - 8)));
    }

    @Test
    void an_id_is_too_long_to_be_guessed() {
        assertThat(Stream.generate(CallId::next).limit(1000).map(CallId::value)).allMatch(value -> value.length() > 16);
    }
}
