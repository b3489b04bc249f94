package gatehouse.node.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Two nodes in the test's own process that share a database and a secret.
final class TwoNodes implements AutoCloseable {

    private final Postgres postgres;
    private final LocalNode first;
    private final LocalNode second;
    private final List<String> shared;

    private TwoNodes(Postgres postgres, LocalNode first, LocalNode second, List<String> shared) {
        this.shared = List.copyOf(shared);
        this.postgres = postgres;
        this.first = first;
        this.second = second;
    }

    static TwoNodes start(URI upstream, Path directory, String... settings) {
        var postgres = Postgres.start(directory.resolve("postgres"));
        var ports = List.of(Harness.freePort(), Harness.freePort());
        var shared = shared(postgres, directory, ports, settings);
        shared.add("gateway.edge.port = 0");
        shared.add("gateway.node.management.port = 0");
        var first = LocalNode.start(upstream, directory.resolve("first"), at(shared, ports.getFirst()));
        var second = first.beside(directory.resolve("second"), at(shared, ports.getLast()));
        return new TwoNodes(postgres, first, second, shared);
    }

    /// What is the same at both.
    static List<String> shared(Postgres postgres, Path directory, List<Integer> ports, String... settings) {
        secret(directory.resolve("secret"));
        var shared = new ArrayList<>(List.of(postgres.settings(settings)));
        shared.add("gateway.cluster.when-apart = lease-majority");
        shared.add("gateway.cluster.seeds = [\"127.0.0.1:%d\", \"127.0.0.1:%d\"]".formatted(ports.toArray()));
        shared.add("gateway.node.secret-file = \"%s\"".formatted(directory.resolve("secret")));
        return shared;
    }

    private static void secret(Path file) {
        try {
            Files.writeString(file, "5".repeat(64));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String[] at(List<String> shared, int port) {
        var all = new ArrayList<>(shared);
        all.add("gateway.cluster.port = " + port);
        return all.toArray(String[]::new);
    }

    /// One more, with settings of its own that win.
    LocalNode another(Path directory, String... settings) {
        var all = new ArrayList<>(shared);
        all.addAll(List.of(settings));
        return first.beside(directory, at(all, Harness.freePort()));
    }

    LocalNode first() {
        return first;
    }

    LocalNode second() {
        return second;
    }

    @Override
    public void close() {
        second.close();
        first.close();
        postgres.close();
    }
}
