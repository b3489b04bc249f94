package gatehouse.node.journey;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// Where a client sends what is meant for an upstream.
sealed interface Front extends AutoCloseable permits Front.Bypass, RunningNode {

    /// For those who send [#headers].
    URI route(String upstream);

    /// For everybody.
    URI openRoute(String upstream);

    /// What a client must send along to be let in.
    Map<String, String> headers();

    @Override
    void close();

    /// A node in front of these upstreams; with `-Dgatehouse.direct=true` none, to see whose fault a failure is.
    static Front of(Map<String, URI> upstreams, Path directory) {
        return Boolean.getBoolean("gatehouse.direct") ? new Bypass(upstreams) : RunningNode.start(upstreams, directory);
    }

    /// No gateway at all.
    record Bypass(Map<String, URI> upstreams) implements Front {
        @Override
        public URI route(String upstream) {
            return Objects.requireNonNull(upstreams.get(upstream), upstream);
        }

        @Override
        public URI openRoute(String upstream) {
            return route(upstream);
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public void close() {}
    }
}
