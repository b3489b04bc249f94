package gatehouse.node.journey;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Servers that others wrote, with the fakes they need behind them, on ports of their own.
final class RealServers implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("(\\S+) (http://127\\.0\\.0\\.1:\\d+/\\S+) \\(pid \\d+\\)");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Harness harness;
    private final Path state;
    private final int base;
    private final Map<String, URI> urls = new LinkedHashMap<>();

    private RealServers(Harness harness, Path state, int base) {
        this.harness = harness;
        this.state = state;
        this.base = base;
    }

    /// @param state a directory for what they write
    static RealServers start(Harness harness, Path state, List<String> names) {
        var base = ThreadLocalRandom.current().nextInt(10_000, 30_000);
        var servers = new RealServers(harness, state, base);
        var wanted = new ArrayList<>(List.of("start", "kube-api"));
        wanted.addAll(names);
        var said = servers.script(wanted);
        said.stream()
                .map(STARTED::matcher)
                .filter(java.util.regex.Matcher::matches)
                .forEach(line -> servers.urls.put(line.group(1), URI.create(line.group(2))));
        if (!servers.urls.keySet().containsAll(names)) {
            servers.close();
            throw new IllegalStateException("not all of " + names + " started: " + String.join("\n", said));
        }
        return servers;
    }

    Map<String, URI> urls() {
        return Map.copyOf(urls);
    }

    @Override
    public void close() {
        script(List.of("stop"));
    }

    private List<String> script(List<String> arguments) {
        var command = new ArrayList<>(List.of("bash", harness.at("upstreams.sh")));
        command.addAll(arguments);
        var environment = Map.of("PORT_BASE", Integer.toString(base), "STATE_DIR", state.toString());
        try (var program = Program.start(command, environment, harness.directory())) {
            program.finish(PATIENCE);
            return program.lines();
        }
    }
}
