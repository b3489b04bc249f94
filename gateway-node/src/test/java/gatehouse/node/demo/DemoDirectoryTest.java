package gatehouse.node.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.config.gitops.Assembly;
import gatehouse.config.gitops.CatalogueSettings;
import gatehouse.config.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void what_it_declares_is_whole() {
        try (var demo = DemoDirectory.open(directory, false)) {
            demo.declare(URI.create("http://127.0.0.1:4711/mcp"));
        }

        var settings = Settings.load(directory);
        var declared = CatalogueSettings.read(settings.reader().at("gateway.catalogue"));
        assertThat(settings.reader().problems()).isEmpty();
        assertThat(Assembly.load(directory, declared)).isInstanceOf(Assembly.Whole.class);
    }

    @Test
    void the_key_and_edits_survive() throws IOException {
        var routes = directory.resolve("routes/demo.yaml");
        String first;
        try (var demo = DemoDirectory.open(directory, false)) {
            first = demo.key().reveal();
        }
        Files.writeString(routes, "# edited\n");

        try (var again = DemoDirectory.open(directory, false)) {
            assertThat(again.key().reveal()).isEqualTo(first);
        }
        assertThat(routes).hasContent("# edited");
    }

    @Test
    void a_fresh_start_forgets_them() throws IOException {
        String first;
        try (var demo = DemoDirectory.open(directory, false)) {
            first = demo.key().reveal();
        }
        Files.writeString(directory.resolve("routes/demo.yaml"), "# edited\n");
        var own = Files.writeString(directory.resolve("notes.txt"), "mine");

        try (var fresh = DemoDirectory.open(directory, true)) {
            assertThat(fresh.key().reveal()).isNotEqualTo(first);
        }
        assertThat(directory.resolve("routes/demo.yaml")).content().contains("id: demo");
        assertThat(own).exists();
    }

    @Test
    void a_directory_of_something_else_is_left_alone() throws IOException {
        var own = Files.writeString(directory.resolve("node.conf"), "mine");

        assertThatThrownBy(() -> DemoDirectory.open(directory, true)).hasMessageContaining("--dir");

        assertThat(own).hasContent("mine");
    }
}
