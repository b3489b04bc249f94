package gatehouse.load.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Where everything of a cluster on this machine is, decided before any of it starts.
///
/// @param members one per node
record ClusterPlan(Path directory, int database, List<Member> members) {

    static final String ROUTE = "count";

    /// The ports of one node, and the directory it runs from.
    record Member(int number, Path directory, int edge, int management, int cluster) {

        InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), edge);
        }

        URI health(String path) {
            return URI.create("http://127.0.0.1:" + management + "/health/" + path);
        }

        Path log() {
            return directory.resolve("log");
        }
    }

    ClusterPlan {
        members = List.copyOf(members);
    }

    static ClusterPlan make(Path directory, int nodes) throws IOException {
        var ports = freePorts(3 * nodes + 1);
        var members = new ArrayList<Member>();
        for (var n = 0; n < nodes; n++) {
            var at = 3 * n;
            members.add(new Member(
                    n + 1, directory.resolve("node-" + (n + 1)), ports.get(at), ports.get(at + 1), ports.get(at + 2)));
        }
        return new ClusterPlan(directory.toAbsolutePath(), ports.getLast(), members);
    }

    /// Writes what each node needs to know.
    ///
    /// @param front the port of the balancer, by which clients know the nodes
    /// @param settings lines of every `node.conf` beside those that are needed
    void declare(URI upstream, int front, List<String> settings) throws IOException {
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        write(directory.resolve("secret"), HexFormat.of().formatHex(secret));
        for (var member : members) {
            write(member.directory().resolve("tenants/demo.yaml"), "id: demo\ntitle: Demonstration\n");
            write(member.directory().resolve("upstreams/ticker.yaml"), """
                    id: ticker
                    tenant: demo
                    url: %s
                    network: loopback
                    speaks: legacy
                    """.formatted(upstream));
            write(member.directory().resolve("routes/count.yaml"), """
                    id: %s                # serves at /mcp/%1$s, with or without a key
                    upstream: ticker
                    access: {anonymous: true}
                    """.formatted(ROUTE));
            write(member.directory().resolve("node.conf"), conf(member, front) + String.join("\n", settings) + "\n");
        }
    }

    private String conf(Member member, int front) {
        var seeds = members.stream()
                .map(seed -> "\"127.0.0.1:" + seed.cluster() + "\"")
                .collect(Collectors.joining(", "));
        return """
                gateway.edge { port = %d, public-hosts = ["127.0.0.1:%d"] }
                gateway.node.management.port = %d
                gateway.node.secret-file = "%s"
                gateway.storage { url = "jdbc:postgresql://localhost:%d/postgres", user = postgres }
                gateway.cluster { port = %d, seeds = [%s], when-apart = %s }
                """.formatted(
                        member.edge(),
                        front,
                        member.management(),
                        directory.resolve("secret"),
                        database,
                        member.cluster(),
                        seeds,
                        members.size() == 2 ? "lease-majority" : "keep-majority");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /// All are held at once, so that none is given out twice.
    private static List<Integer> freePorts(int count) throws IOException {
        if (count == 0) {
            return List.of();
        }
        try (var held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = new ArrayList<>(freePorts(count - 1));
            ports.add(held.getLocalPort());
            return ports;
        }
    }
}
