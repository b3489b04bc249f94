package gatehouse.node.journey;

import static java.util.stream.Collectors.toMap;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Upstreams of the harness, and what stands in front of them.
final class Stage implements AutoCloseable {
    private final Map<String, Harness.Upstream> upstreams = new LinkedHashMap<>();
    private final Front front;

    Stage(Harness harness, List<String> names, Path directory) {
        try {
            names.forEach(name -> upstreams.put(name, harness.upstream(name)));
            front = Front.of(urls(), directory.resolve("config"));
        } catch (RuntimeException e) {
            closeUpstreams();
            throw e;
        }
    }

    Front front() {
        return front;
    }

    /// Past the front.
    URI url(String upstream) {
        return Objects.requireNonNull(upstreams.get(upstream), upstream).url();
    }

    private Map<String, URI> urls() {
        return upstreams.entrySet().stream()
                .collect(
                        toMap(Map.Entry::getKey, upstream -> upstream.getValue().url()));
    }

    @Override
    public void close() {
        front.close();
        closeUpstreams();
    }

    private void closeUpstreams() {
        upstreams.values().forEach(Harness.Upstream::close);
    }
}
