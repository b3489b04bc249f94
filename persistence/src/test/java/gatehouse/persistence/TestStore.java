package gatehouse.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import gatehouse.config.settings.ConfigReader;
import gatehouse.config.settings.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/// The databases every test of the store runs against. Each `fresh` is empty and nobody else's.
public enum TestStore {
    H2_MEMORY,
    H2_FILE,
    POSTGRESQL;

    /// Settings for an empty database, with some of the defaults changed.
    public StorageSettings fresh(Map<String, Object> changes) {
        return settings(url(), changes);
    }

    public StorageSettings fresh() {
        return fresh(Map.of());
    }

    public static StorageSettings settings(String url, Map<String, Object> changes) {
        var user = url.startsWith("jdbc:postgresql") ? "postgres" : "";
        var config = ConfigFactory.parseMap(changes)
                .atPath("gateway.storage")
                .withFallback(
                        ConfigFactory.parseMap(Map.of("url", url, "user", user)).atPath("gateway.storage"))
                .withFallback(defaults());
        var reader = ConfigReader.of(config.resolve());
        var settings = StorageSettings.read(reader.at("gateway.storage"));
        if (!reader.problems().isEmpty()) {
            throw new IllegalArgumentException(reader.problems().toString());
        }
        return settings;
    }

    public static Config defaults() {
        return Settings.load(directory()).config();
    }

    public String url() {
        var name = "t" + UUID.randomUUID().toString().replace("-", "");
        return switch (this) {
            // Lives on between two pools, so that a restart can be tested.
            case H2_MEMORY -> "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
            case H2_FILE -> "jdbc:h2:file:" + directory().resolve(name);
            case POSTGRESQL -> postgres(name);
        };
    }

    public static int postgresPort() {
        return Server.POSTGRES.getPort();
    }

    private static Path directory() {
        try {
            var target = Files.createDirectories(Path.of("target", "stores"));
            return target.toAbsolutePath();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static String postgres(String name) {
        try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return "jdbc:postgresql://localhost:" + Server.POSTGRES.getPort() + "/" + name;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// One server for the whole test JVM; it dies with it.
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
