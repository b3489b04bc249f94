package gatehouse.load.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gatehouse.load.beat.Beat;
import gatehouse.load.beat.Rhythm;
import gatehouse.load.beat.Score;
import gatehouse.load.echo.FastEcho;
import gatehouse.load.wire.Era;
import gatehouse.load.wire.Key;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Target;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProxyTest {
    @Test
    void the_bare_proxy_carries_whole_sessions() throws Exception {
        try (var echo = FastEcho.start(0);
                var proxy = BareProxy.start(0, "127.0.0.1", echo.port())) {
            assertThat(beat(proxy.port()).complaints()).isEmpty();
        }
    }

    @Test
    void nginx_carries_whole_sessions_and_leaves_nothing_behind() throws Exception {
        var binary = Nginx.installed();
        assumeTrue(binary.isPresent(), "nginx is not installed");

        try (var echo = FastEcho.start(0)) {
            var nginx = Nginx.start(binary.get(), "127.0.0.1:" + echo.port());
            var score = beat(nginx.port());
            nginx.close();

            assertThat(score.complaints()).isEmpty();
            assertThat(Files.exists(nginx.directory())).isFalse();
            assertThat(nginx.fork().process().isAlive()).isFalse();
        }
    }

    private static Score beat(int port) throws InterruptedException {
        var target = Target.at("proxy", URI.create("http://127.0.0.1:" + port + "/mcp"), Key.NONE);
        var rhythm = new Rhythm.Open(100, Duration.ofMillis(300));
        return new Beat(new Script(target, Era.LEGACY), rhythm, 2, 1024).run();
    }
}
