package gatehouse.node.journey;

import gatehouse.config.catalogue.ApiKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// A node in a process of its own, as an operator would start it, with one route per upstream.
///
/// Each upstream `x` is reached with a key at `/mcp/x` and by anybody at `/mcp/open-x`.
final class RunningNode implements Front {
    private static final int TRIES = 300;
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Program program;
    private final URI edge;
    private final ApiKey key;

    private RunningNode(Program program, URI edge, ApiKey key) {
        this.program = program;
        this.edge = edge;
        this.key = key;
    }

    /// @param settings lines of `node.conf` beside those every test needs
    static RunningNode start(Map<String, URI> upstreams, Path directory, String... settings) {
        var port = Harness.freePort();
        var key = ApiKey.mint("test");
        declare(upstreams, key, directory);
        write(directory.resolve("node.conf"), """
                gateway.edge.port = %1$d
                gateway.node.management.port = 0
                gateway.node.secret-file = "%2$s/secret"
                gateway.storage.url = "jdbc:h2:file:%2$s/store"
                gateway.session.ask = 15 s
                %3$s
                """.formatted(port, directory, String.join("\n", settings)));
        var program = Program.start(command(directory), Map.of(), directory);
        var node = new RunningNode(program, URI.create("http://127.0.0.1:" + port), key);
        node.awaitReady();
        return node;
    }

    @Override
    public URI route(String upstream) {
        return edge.resolve("/mcp/" + upstream);
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Authorization", "Bearer " + key.reveal());
    }

    @Override
    public URI openRoute(String upstream) {
        return route("open-" + upstream);
    }

    /// What it said, for whoever wonders why it did not do as it should.
    String output() {
        return program.output();
    }

    /// As a power cut would end it.
    void kill() {
        program.kill();
    }

    /// It stands still, and does not know.
    void freeze() {
        program.signal("STOP");
    }

    void thaw() {
        program.signal("CONT");
    }

    /// Waits until it has ended by itself; its exit code.
    int finish(Duration patience) {
        return program.finish(patience);
    }

    /// As an operator would end it.
    void terminate(Duration patience) {
        program.terminate(patience);
    }

    @Override
    public void close() {
        program.close();
    }

    private static List<String> command(Path directory) {
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "gatehouse.node.Main",
                "up",
                "--config",
                directory.toString());
    }

    private static void declare(Map<String, URI> upstreams, ApiKey key, Path directory) {
        write(directory.resolve("tenants/journey.yaml"), "id: journey\ntitle: Journeys\n");
        write(directory.resolve("agents/traveller.yaml"), """
                id: traveller
                tenant: journey
                keys:
                  - id: %s
                    sha256: %s
                    expires: 2099-12-31
                """.formatted(
                        key.id(), key.hash().hex()));
        upstreams.forEach((name, url) -> {
            write(
                    directory.resolve("upstreams/" + name + ".yaml"),
                    "id: %s\ntenant: journey\nurl: %s\nnetwork: loopback\n".formatted(name, url));
            write(directory.resolve("routes/" + name + ".yaml"), """
                    id: %1$s
                    upstream: %1$s
                    access: {tenants: [journey]}
                    sse: {until: 2099-12-31}
                    ---
                    id: open-%1$s
                    upstream: %1$s
                    access: {anonymous: true}
                    """.formatted(name));
        });
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        try (var client = HttpClient.newHttpClient()) {
            var ask = HttpRequest.newBuilder(edge.resolve("/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            for (var i = 0; i < TRIES; i++) {
                if (client.sendAsync(ask, HttpResponse.BodyHandlers.discarding())
                        .handle((answer, failure) -> failure == null && answer.statusCode() == 200)
                        .join()) {
                    return;
                }
                if (!program.isAlive()) {
                    break;
                }
                CompletableFuture.runAsync(() -> {}, later()).join();
            }
        }
        program.close();
        throw new IllegalStateException("the node is not ready; it said:\n" + program.output());
    }

    private static Executor later() {
        return CompletableFuture.delayedExecutor(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
