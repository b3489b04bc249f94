package gatehouse.node.journey;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Two nodes in processes of their own that share a database and a secret, so that either can end in any way.
final class RunningPair implements AutoCloseable {

    private final Postgres postgres;
    private final RunningNode first;
    private final RunningNode second;

    private RunningPair(Postgres postgres, RunningNode first, RunningNode second) {
        this.postgres = postgres;
        this.first = first;
        this.second = second;
    }

    /// The first begins the cluster, and leads it.
    static RunningPair start(URI upstream, Path directory, String... settings) {
        var postgres = Postgres.start(directory.resolve("postgres"));
        var ports = List.of(Harness.freePort(), Harness.freePort());
        var shared = TwoNodes.shared(postgres, directory, ports, settings);
        var upstreams = Map.of("up", upstream);
        var first = RunningNode.start(upstreams, directory.resolve("first"), TwoNodes.at(shared, ports.getFirst()));
        var second = RunningNode.start(upstreams, directory.resolve("second"), TwoNodes.at(shared, ports.getLast()));
        return new RunningPair(postgres, first, second);
    }

    RunningNode first() {
        return first;
    }

    RunningNode second() {
        return second;
    }

    @Override
    public void close() {
        second.kill(); // in good order they would wait for each other
        first.kill();
        postgres.close();
    }
}
