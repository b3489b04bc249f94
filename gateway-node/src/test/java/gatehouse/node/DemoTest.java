package gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.node.demo.Ink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the demo prints is true: its commands are run as they stand.
class DemoTest {
    private static final Pattern COMMAND = Pattern.compile("^(KEY=|SESSION=|curl ).*");
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private static Path directory;

    private static Demo demo;

    @BeforeAll
    static void start() {
        demo = Demo.start(directory.resolve("it's a demo"), 0, false);
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void the_printed_commands_work() throws IOException, InterruptedException {
        var output = bash(commands(demo.guide().text(Ink.PLAIN)));

        assertThat(output)
                .contains("\"protocolVersion\":\"2025-11-25\"")
                .contains("\"message\":\"3 ...\"")
                .contains("Lift-off!")
                .contains("\"structuredContent\":{\"sum\":42}")
                .doesNotContain("\"error\"");
    }

    @Test
    void colour_changes_nothing_but_the_colour() {
        var guide = demo.guide();

        assertThat(guide.text(Ink.COLOURED).replaceAll("\u001b\\[\\d+m", "")).isEqualTo(guide.text(Ink.PLAIN));
    }

    @Test
    void the_key_is_for_its_owner_alone() throws IOException {
        var key = directory.resolve("it's a demo/key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(key).strip()).isEqualTo(demo.guide().key().reveal());
    }

    @Test
    void a_directory_serves_one_demo_at_a_time() {
        assertThatThrownBy(() -> Demo.start(directory.resolve("it's a demo"), 0, false))
                .hasMessageContaining("another demo runs in")
                .hasMessageContaining("--dir");
    }

    @Test
    void a_port_that_is_taken_is_named_before_anything_is_made() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> Demo.start(directory.resolve("other"), taken.getLocalPort(), false))
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--port");
        }
        assertThat(directory.resolve("other")).doesNotExist();
    }

    private static String commands(String page) {
        return page.replace("\\\n", " ")
                .lines()
                .filter(line -> COMMAND.matcher(line).matches())
                .collect(Collectors.joining("\n"));
    }

    private static String bash(String script) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-c", "set -eu\n" + script)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS);
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
