package gatehouse.node.demo;

import gatehouse.config.catalogue.ApiKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/// What a demo declares: one tenant, one agent, one upstream, and two routes to it.
record Declarations(Path directory) {
    private static final String CONF = "node.conf";
    private static final String TENANT = "tenants/demo.yaml";
    private static final String AGENT = "agents/demo.yaml";
    private static final String UPSTREAM = "upstreams/sample.yaml";
    private static final String ROUTES = "routes/demo.yaml";
    private static final List<String> ALL = List.of(CONF, TENANT, AGENT, UPSTREAM, ROUTES);

    /// What may be edited: the demo does not touch it again.
    void writeLasting() {
        writeOnce(TENANT, "id: demo\ntitle: Demonstration\n");
        writeOnce(ROUTES, """
                # Edits are picked up while the node runs. Try it: take the demo's access away, and call again.
                id: demo                 # serves at /mcp/demo
                upstream: sample
                access:
                  agents: [demo]
                ---
                id: open                 # serves at /mcp/open, with or without a key
                upstream: sample
                access:
                  anonymous: true
                """);
    }

    /// What each start knows better than the last.
    void writePassing(URI upstream, ApiKey key, LocalDate expires) {
        write(UPSTREAM, """
                # Written at each start: the sample upstream listens on any port that is free.
                id: sample
                tenant: demo
                url: %s
                network: loopback
                """.formatted(upstream));
        write(AGENT, """
                # Written at each start, for the key in the file `key`. Of keys only hashes are declared.
                id: demo
                tenant: demo
                keys:
                  - id: %s
                    sha256: %s
                    expires: %s
                """.formatted(key.id(), key.hash().hex(), expires));
    }

    void writeOnce(String name, String text) {
        if (!Files.exists(directory.resolve(name))) {
            write(name, text);
        }
    }

    void delete() {
        try {
            for (var name : ALL) {
                Files.deleteIfExists(directory.resolve(name));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void write(String name, String text) {
        var file = directory.resolve(name);
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be written", failure);
        }
    }
}
