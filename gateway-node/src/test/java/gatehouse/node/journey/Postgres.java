package gatehouse.node.journey;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;

/// A PostgreSQL that can be stopped, and started again on what it holds.
final class Postgres implements AutoCloseable {

    private final Path files;
    private final int port = Harness.freePort();
    private EmbeddedPostgres server;
    private boolean running = true;

    private Postgres(Path files) {
        this.files = files;
        this.server = run();
    }

    static Postgres start(Path files) {
        return new Postgres(files);
    }

    /// Lines of a node's `node.conf` that make it live here.
    String[] settings(String... more) {
        return new String[] {
            "gateway.storage.url = \"jdbc:postgresql://localhost:" + port + "/postgres\"",
            "gateway.storage.user = postgres",
            String.join("\n", more)
        };
    }

    void stop() {
        running = false;
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Does nothing if it runs.
    void startAgain() {
        if (!running) {
            server = run();
            running = true;
        }
    }

    /// Rows of a table, `where` they are so.
    int count(String rows) {
        try (var connection = server.getPostgresDatabase().getConnection();
                var select = connection.prepareStatement("select count(*) from " + rows);
                var row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        if (running) {
            stop();
        }
    }

    private EmbeddedPostgres run() {
        try {
            return EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(files)
                    .setCleanDataDirectory(false)
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
