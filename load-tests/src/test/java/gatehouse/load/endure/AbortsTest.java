package gatehouse.load.endure;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.load.echo.FastEcho;
import gatehouse.load.wire.Era;
import gatehouse.load.wire.Key;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Target;
import java.net.URI;
import org.junit.jupiter.api.Test;

class AbortsTest {
    @Test
    void every_way_is_taken_and_the_upstream_survives_them_all() throws Exception {
        try (var echo = FastEcho.start(0)) {
            var target = Target.at("echo", URI.create("http://127.0.0.1:" + echo.port() + "/mcp"), Key.NONE);
            var aborts = new Aborts(new Script(target, Era.LEGACY), 8, 1);

            var tally = aborts.run(100);

            assertThat(tally.surprises()).isEmpty();
            assertThat(tally.ways()).hasSameSizeAs(Abort.values());
            assertThat(tally.ways().values().stream().mapToInt(count -> count).sum())
                    .isEqualTo(100);
        }
    }
}
