package gatehouse.load.joint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The configuration of a node whose route joins many upstreams, all of which are one `load echo`.
public record JointNode(int members, int echoPort) {

    /// What an echo lists beside those that are only there to be listed.
    public static final int WORKING_TOOLS = 3;

    public void declare(Path directory) throws IOException {
        var upstreams = new StringBuilder();
        var route = new StringBuilder("id: joint\nupstreams:\n");
        for (var i = 1; i <= members; i++) {
            upstreams.append(i == 1 ? "" : "---\n").append("""
                    id: echo-%d
                    tenant: bench
                    url: http://127.0.0.1:%d/mcp
                    network: loopback
                    speaks: modern
                    """.formatted(i, echoPort));
            route.append("  - {alias: m")
                    .append(i)
                    .append(", upstream: echo-")
                    .append(i)
                    .append("}\n");
        }
        route.append("access: {anonymous: true}\njournal: memory\n");
        write(directory.resolve("tenants/bench.yaml"), "id: bench\ntitle: Bench\n");
        write(directory.resolve("upstreams/members.yaml"), upstreams.toString());
        write(directory.resolve("routes/joint.yaml"), route.toString());
        write(directory.resolve("node.conf"), """
                gateway.node.secret-file = "%1$s/state/secret"
                gateway.storage.url = "jdbc:h2:file:%1$s/state/store"
                """.formatted(directory.toAbsolutePath()));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
