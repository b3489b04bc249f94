package gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.config.settings.BadConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CheckCommandTest {

    @TempDir
    Path directory;

    private CheckCommand check(String url, String network) throws IOException {
        write("tenants/crew.yaml", "id: crew\ntitle: The crew\n");
        write("upstreams/up.yaml", "id: up\ntenant: crew\nurl: '%s'\nnetwork: %s\n".formatted(url, network));
        write("routes/up.yaml", "id: up\nupstream: up\naccess: {anonymous: true}\n");
        return CommandLine.populateCommand(new CheckCommand(), "--config", directory.toString());
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }

    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.com/mcp, public",
        "http://127.0.0.1:9/mcp, loopback",
        "http://10.0.0.9:8080/mcp, private"
    })
    void what_can_be_dialled_is_good(String url, String network) throws IOException {
        assertThat(check(url, network).call()).isZero();
    }

    /// What would be refused at the first call, in front of somebody who cannot mend it.
    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.com:8443/mcp, public, a port that public upstreams may not have",
        "https://10.0.0.9/mcp, public, PRIVATE",
        "http://169.254.169.254/mcp, private, METADATA",
        "https://[::ffff:127.0.0.1]/mcp, public, LOOPBACK",
        "https://localhost/mcp, public, local",
        "https://metadata.google.internal/mcp, private, the platform's own service",
        "https://mcp.example.com/a?b?c, public, two question marks"
    })
    void what_would_not_be_dialled_is_a_problem(String url, String network, String says) throws IOException {
        var check = check(url, network);

        assertThatThrownBy(check::call)
                .isInstanceOf(BadConfig.class)
                .hasMessageContaining("upstream up: ")
                .hasMessageContaining(says);
    }

    @Test
    void what_is_made_for_the_node_is_its_owners() throws IOException {
        NodeSecret.keptIn(directory.resolve("made/for/secret"));

        assertThat(Files.getPosixFilePermissions(directory.resolve("made")))
                .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    }
}
