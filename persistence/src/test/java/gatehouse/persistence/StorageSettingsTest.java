package gatehouse.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.settings.ConfigReader;
import gatehouse.persistence.database.DatabaseSettings.Connections;
import gatehouse.persistence.outbox.OutboxSettings.Keep;
import gatehouse.persistence.outbox.OutboxSettings.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageSettingsTest {

    private static final long MEBIBYTE = 1024 * 1024;

    @Test
    void the_defaults_are_these() {
        var settings = read("");

        assertThat(settings.database().url()).isEqualTo("jdbc:h2:file:./gatehouse-data/store");
        assertThat(settings.database().connections()).isEqualTo(new Connections(6, 2, 3));
        assertThat(settings.database().connectionTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.database().answerTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.queries()).isEqualTo(1000);
        assertThat(settings.outbox().batch()).isEqualTo(new Size(500, 4 * MEBIBYTE));
        assertThat(settings.outbox().queue()).isEqualTo(new Size(20_000, 64 * MEBIBYTE));
        assertThat(settings.outbox().stream()).isEqualTo(new Size(1000, 16 * MEBIBYTE));
        assertThat(settings.outbox().ofAgent()).isEqualTo(512 << 20);
        assertThat(settings.outbox().keep())
                .isEqualTo(new Keep(Duration.ofMinutes(15), Duration.ofHours(25), Duration.ofSeconds(30), 1000));
    }

    @Test
    void a_password_comes_from_a_file_and_is_never_printed(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("password"), "hunter2\n");

        var settings = read("user = gatehouse, password-file = \"" + file + "\"");

        assertThat(settings.database().login().password().reveal()).isEqualTo("hunter2");
        assertThat(settings.toString()).doesNotContain("hunter2").contains("***");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        var problems = problems("""
                url = "jdbc:mysql://h/d?password=x"
                connections.states = 0
                outbox.open-retention = 1 s
                """);

        assertThat(problems)
                .anySatisfy(p ->
                        assertThat(p).endsWith("gateway.storage.url starts with neither jdbc:h2: nor jdbc:postgresql:"))
                .anySatisfy(p -> assertThat(p).endsWith("gateway.storage.url holds a password; use password-file"))
                .anySatisfy(p -> assertThat(p).contains("gateway.storage.connections.states is 0"))
                .anySatisfy(
                        p -> assertThat(p).endsWith("gateway.storage.outbox.open-retention is shorter than retention"))
                .hasSize(4);
    }

    private static StorageSettings read(String changes) {
        var reader = reader(changes);
        var settings = StorageSettings.read(reader.at("gateway.storage"));
        reader.verify();
        return settings;
    }

    private static List<String> problems(String changes) {
        var reader = reader(changes);
        StorageSettings.read(reader.at("gateway.storage"));
        return reader.problems();
    }

    private static ConfigReader reader(String changes) {
        return ConfigReader.of(ConfigFactory.parseString(changes)
                .atPath("gateway.storage")
                .withFallback(TestStore.defaults())
                .resolve());
    }
}
