package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.rate.Hoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private static final Duration FAILED = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final AtomicReference<Instant> time = new AtomicReference<>(Fronting.NOW);
    private final Shelf<String, String> shelf = shelf(2, 10_000);
    private final List<CompletableFuture<Shelf.Learnt<String>>> asked = new ArrayList<>();

    private Shelf<String, String> shelf(int most, long bytes) {
        return new Shelf<>(
                new Shelf.Room<>(most, bytes, String::length, key -> new Hoard.Holder(key.charAt(0), Optional.empty())),
                time::get);
    }

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
        shelf.doubt("a", "older", PAUSE);
        want("a");
        assertThat(asked).hasSize(1);

        shelf.doubt("a", "x", PAUSE);
        want("a");
        assertThat(asked).hasSize(2);
        shelf.forget("a");
        want("a");
        assertThat(asked).hasSize(3);
    }

    /// An upstream that refuses the headers of each call would be asked for its tools at each call.
    @Test
    void however_often_it_is_doubted_it_is_asked_for_again_once_in_a_while() {
        want("a");
        learnt("x");
        for (var call = 0; call < 100; call++) {
            shelf.doubt("a", "x", PAUSE);
            want("a");
            learnt("x");
        }
        assertThat(asked).hasSize(2);

        later(PAUSE);
        shelf.doubt("a", "x", PAUSE);
        want("a");
        assertThat(asked).hasSize(3);
    }

    @Test
    void much_that_is_learnt_for_one_pushes_out_nothing_of_another() {
        var small = shelf(1000, 10_000);
        var _ = small.get("bob", () -> known("thin"), FAILED);

        for (var i = 0; i < 100; i++) {
            var _ = small.get("eve " + i, () -> known("x".repeat(2000)), FAILED);
        }

        assertThat(small.size()).isEqualTo(5);
        assertThat(small.get("bob", () -> known("again"), FAILED)).isCompletedWithValue("thin");
    }

    private static CompletableFuture<Shelf.Learnt<String>> known(String value) {
        return CompletableFuture.completedFuture(new Shelf.Learnt<>(value, Duration.ofMinutes(1)));
    }
}
