package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private static final Duration FAILED = Duration.ofSeconds(5);

    private final AtomicReference<Instant> time = new AtomicReference<>(Fronting.NOW);
    private final Shelf<String, String> shelf = new Shelf<>(2, time::get);
    private final List<CompletableFuture<Shelf.Learnt<String>>> asked = new ArrayList<>();

    private CompletableFuture<String> get(String key) {
        return shelf.get(
                key,
                () -> {
                    asked.add(new CompletableFuture<>());
                    return asked.getLast();
                },
                FAILED);
    }

    private void want(String key) {
        var _ = get(key);
    }

    private void learnt(String value) {
        asked.getLast().complete(new Shelf.Learnt<>(value, Duration.ofMinutes(1)));
    }

    private void later(Duration time) {
        this.time.updateAndGet(now -> now.plus(time));
    }

    @Test
    void however_many_want_it_it_is_asked_for_once() {
        var first = get("a");
        var second = get("a");
        learnt("x");

        assertThat(asked).hasSize(1);
        assertThat(first).isCompletedWithValue("x");
        assertThat(second).isCompletedWithValue("x");
    }

    @Test
    void it_is_asked_for_again_when_it_holds_no_more() {
        want("a");
        learnt("x");
        later(Duration.ofSeconds(59));
        want("a");
        assertThat(asked).hasSize(1);

        later(Duration.ofSeconds(1));
        want("a");
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_failure_is_kept_for_a_moment() {
        var failing = get("a");
        asked.getLast().completeExceptionally(new IllegalStateException("no"));
        want("a");
        assertThat(failing).isCompletedExceptionally();
        assertThat(asked).hasSize(1);

        later(FAILED);
        want("a");
        assertThat(asked).hasSize(2);
    }

    @Test
    void asking_that_throws_keeps_nobody_waiting() {
        var failing = shelf.get(
                "a",
                () -> {
                    throw new IllegalStateException("no");
                },
                FAILED);
        want("a");
        assertThat(failing).isCompletedExceptionally();
        assertThat(asked).isEmpty();

        later(FAILED);
        want("a");
        assertThat(asked).hasSize(1);
    }

    @Test
    void what_was_not_wanted_for_longest_makes_room() {
        want("a");
        want("b");
        want("a");
        want("c");
        assertThat(shelf.size()).isEqualTo(2);

        want("a");
        assertThat(asked).hasSize(3);
        want("b");
        assertThat(asked).hasSize(4);
    }

    @Test
    void what_is_forgotten_is_asked_for_again_but_not_what_was_learnt_since() {
        want("a");
        learnt("x");
        shelf.forget("a", "older");
        want("a");
        assertThat(asked).hasSize(1);

        shelf.forget("a", "x");
        want("a");
        assertThat(asked).hasSize(2);
        shelf.forget("a");
        want("a");
        assertThat(asked).hasSize(3);
    }
}
