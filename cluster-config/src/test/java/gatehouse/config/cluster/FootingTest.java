package gatehouse.config.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - PATIENCE.toNanos()); // it may run over
    private final Footing footing = new Footing(PATIENCE, now::get);

    @Test
    void it_holds_as_long_as_the_heart_beats() {
        for (var i = 0; i < 1000; i++) {
            pass(Duration.ofMillis(100));
            assertThat(footing.beat()).isTrue();
        }

        assertThat(footing.holds()).isTrue();
    }

    @Test
    void a_pause_the_others_endure_is_endured() {
        pass(PATIENCE);

        assertThat(footing.holds()).isTrue();
        assertThat(footing.beat()).isTrue();
    }

    /// What comes first when it goes on may be a request.
    @Test
    void who_stood_still_for_too_long_has_lost_it_before_the_next_beat() {
        pass(PATIENCE.plusNanos(1));

        assertThat(footing.holds()).isFalse();
    }

    @Test
    void what_is_lost_is_not_had_again() {
        pass(PATIENCE.plusNanos(1));
        footing.beat();

        for (var i = 0; i < 100; i++) {
            assertThat(footing.beat()).isFalse();
        }
        assertThat(footing.holds()).isFalse();
    }

    @Test
    void who_was_removed_has_lost_it() {
        footing.lose();

        assertThat(footing.holds()).isFalse();
        assertThat(footing.beat()).isFalse();
    }

    /// A default that moves, moves here too.
    @Test
    void the_others_are_as_patient_as_they_are_set(@TempDir Path directory) {
        assertThat(Pulse.patience(Settings.load(directory).config())).isEqualTo(PATIENCE);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
