package gatehouse.node.journey;

import gatehouse.config.catalogue.ApiKey;
import gatehouse.config.settings.Settings;
import gatehouse.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.StringJoiner;

/// A node in the test's own process, with one upstream behind several routes and two agents that have keys.
final class LocalNode implements AutoCloseable {

    private static final String ROUTES = """
            id: open
            upstream: up
            access: {anonymous: true}
            origins: ["https://tools.example.org"]
            ---
            id: both
            upstream: up
            access: {tenants: [crew, others]}
            ---
            id: crew
            upstream: up
            access: {tenants: [crew]}
            body: 64 KiB
            ---
            id: old
            upstream: up
            access: {tenants: [crew, others]}
            body: 64 KiB
            origins: ["https://tools.example.org"]
            sse: {until: 2099-12-31}
            ---
            id: over
            upstream: up
            access: {tenants: [crew]}
            sse: {until: 2026-01-01}
            """;

    private final Node node;
    private final Path declarations;
    private final ApiKey alice;
    private final ApiKey bob;

    private LocalNode(Node node, Path declarations, ApiKey alice, ApiKey bob) {
        this.node = node;
        this.declarations = declarations;
        this.alice = alice;
        this.bob = bob;
    }

    /// @param settings lines of `node.conf` beside those every test needs
    static LocalNode start(URI upstream, Path directory, String... settings) {
        var alice = ApiKey.mint("test");
        var bob = ApiKey.mint("test");
        write(directory.resolve("tenants/crew.yaml"), "id: crew\ntitle: The crew\n---\nid: others\ntitle: Others\n");
        write(
                directory.resolve("agents/agents.yaml"),
                agent("alice", "crew", alice) + "---\n" + agent("bob", "others", bob));
        write(
                directory.resolve("upstreams/up.yaml"),
                "id: up\ntenant: crew\nurl: %s\nnetwork: loopback\n".formatted(upstream));
        write(directory.resolve("routes/routes.yaml"), ROUTES);
        write(directory.resolve("node.conf"), """
                gateway.edge.port = 0
                gateway.node.management.port = 0
                gateway.node.secret-file = "%1$s/secret"
                gateway.storage.url = "jdbc:h2:file:%1$s/store"
                gateway.session.ask = 15 s
                %2$s
                """.formatted(directory, String.join("\n", settings)));
        return new LocalNode(Node.start(Settings.load(directory), directory), directory, alice, bob);
    }

    /// The same, with a route `joined` for everybody and one `keyed` for both agents that join several upstreams.
    ///
    /// @param speaks which eras all of them are declared to speak
    static LocalNode joining(SequencedMap<String, URI> members, String speaks, Path directory, String... settings) {
        var upstreams = new StringJoiner("---\n");
        var joined = new StringBuilder();
        members.forEach((alias, url) -> {
            upstreams.add(
                    "id: up-%s\ntenant: crew\nurl: %s\nnetwork: loopback\nspeaks: %s\n".formatted(alias, url, speaks));
            joined.append("  - {alias: %s, upstream: up-%s}\n".formatted(alias, alias));
        });
        write(directory.resolve("upstreams/members.yaml"), upstreams.toString());
        write(directory.resolve("routes/joined.yaml"), """
                id: joined
                upstreams:
                %1$saccess: {anonymous: true}
                ---
                id: keyed
                upstreams:
                %1$saccess: {tenants: [crew, others]}
                """.formatted(joined));
        return start(members.firstEntry().getValue(), directory, settings);
    }

    /// Another node with the same declarations and keys.
    ///
    /// @param settings all of its `node.conf`
    LocalNode beside(Path own, String... settings) {
        write(own.resolve("node.conf"), String.join("\n", settings));
        return new LocalNode(Node.start(Settings.load(own), declarations), declarations, alice, bob);
    }

    URI route(String name) {
        return URI.create("http://127.0.0.1:" + node.address().getPort() + "/mcp/" + name);
    }

    URI management(String path) {
        return URI.create("http://127.0.0.1:" + node.management().getPort() + path);
    }

    String aliceKey() {
        return alice.reveal();
    }

    String bobKey() {
        return bob.reveal();
    }

    @Override
    public void close() {
        node.close();
    }

    private static String agent(String id, String tenant, ApiKey key) {
        return """
                id: %s
                tenant: %s
                keys:
                  - id: %s
                    sha256: %s
                    expires: 2099-12-31
                """.formatted(id, tenant, key.id(), key.hash().hex());
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
