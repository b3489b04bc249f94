package gatehouse.persistence.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.persistence.Storage;
import gatehouse.persistence.TestStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgreementTest {

    @ParameterizedTest
    @EnumSource(TestStore.class)
    void the_first_word_holds_also_after_a_restart(TestStore store) {
        var url = store.url();
        try (var storage = open(url)) {
            assertThat(storage.agreed("secret", "a")).isEqualTo("a");
            assertThat(storage.agreed("secret", "b")).isEqualTo("a");
            assertThat(storage.agreed("other", "b")).isEqualTo("b");
        }
        try (var storage = open(url)) {
            assertThat(storage.agreed("secret", "b")).isEqualTo("a");
        }
    }

    @Test
    void of_many_that_speak_at_once_one_is_heard_by_all() {
        var url = TestStore.POSTGRESQL.url();
        try (var one = open(url);
                var other = open(url)) {
            var said = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> (i % 2 == 0 ? one : other).agreed("secret", "word " + i)))
                    .toList();

            assertThat(said.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        }
    }

    private static Storage open(String url) {
        return Storage.open(TestStore.settings(url, Map.of()));
    }
}
