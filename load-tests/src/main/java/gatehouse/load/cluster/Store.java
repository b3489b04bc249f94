package gatehouse.load.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// The PostgreSQL of a cluster, which can be stopped, and started again on what it holds.
public final class Store implements Closeable {

    private final ClusterPlan plan;
    private Optional<EmbeddedPostgres> server = Optional.empty();

    Store(ClusterPlan plan) throws IOException {
        this.plan = plan;
        start();
    }

    /// Does nothing if it runs.
    public void start() throws IOException {
        if (server.isEmpty()) {
            server = Optional.of(EmbeddedPostgres.builder()
                    .setPort(plan.database())
                    .setDataDirectory(plan.directory().resolve("postgres"))
                    .setCleanDataDirectory(false)
                    .setServerConfig("max_connections", "200")
                    .start());
        }
    }

    public void stop() throws IOException {
        if (server.isPresent()) {
            server.get().close();
            server = Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
