package gatehouse.load.endure;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.load.process.Jcmd;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageTest {
    private static final String HISTOGRAM = """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:          7000         350000  [B (java.base@25)
               2:           100           2400  gatehouse.session.lifecycle.Session
            Total          7100         352400
            """;

    @Test
    void live_bytes_are_read_from_the_histogram() {
        assertThat(Jcmd.liveBytes(HISTOGRAM)).isEqualTo(352_400);
        assertThat(Stage.bytesByClass(HISTOGRAM))
                .isEqualTo(Map.of("[B", 350_000L, "gatehouse.session.lifecycle.Session", 2400L));
    }

    @Test
    void growth_is_shared_among_the_things_added() {
        var before = new Stage("start", 1000, 0, 0, 0, Map.of("[B", 600L, "A", 400L));
        var after = new Stage("sessions", 5000, 0, 0, 0, Map.of("[B", 500L, "A", 1400L, "B", 3100L));

        assertThat(after.perThing(before, 8)).isEqualTo(500);
        assertThat(after.perThing(before, 0)).isNaN();
        assertThat(after.grown(before, 5)).containsExactly(Map.entry("B", 3100L), Map.entry("A", 1000L));
    }
}
