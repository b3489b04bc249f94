package gatehouse.load;

import gatehouse.load.cluster.Counter;
import gatehouse.load.cluster.Ledger;
import gatehouse.load.cluster.LocalCluster;
import gatehouse.load.cluster.Show;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `load cluster`, which is also `demo --nodes`: a cluster on this machine, clients that count, and a prompt at which
/// nodes
/// are killed and started again.
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = {
            "Starts several nodes, a PostgreSQL they share and a balancer in front of them, lets clients count what they",
            "get, and waits at a prompt for you to kill nodes and start them again: lost 0, duplicate 0."
        })
final class ClusterCommand implements Callable<Integer> {

    static final String LAUNCHER = "gatehouse.launcher";

    @Option(names = "--nodes", defaultValue = "3", description = "How many (default: ${DEFAULT-VALUE}).")
    int nodes;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Where the balancer is heard; 0 for any (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(names = "--sessions", defaultValue = "6", description = "Clients (default: ${DEFAULT-VALUE}).")
    int sessions;

    @Option(names = "--seconds", defaultValue = "0", description = "Ends by itself after so long; 0: when you say so.")
    int seconds;

    @Option(names = "--heap", defaultValue = "512m", description = "Of each node (default: ${DEFAULT-VALUE}).")
    String heap = "512m";

    @Override
    public Integer call() throws Exception {
        Bound.check("--nodes", nodes, 2, 7);
        Bound.check("--port", port, 0, 65_535);
        Bound.check("--sessions", sessions, 1, 1000);
        Bound.check("--seconds", seconds, 0, 86_400);
        var directory = Files.createTempDirectory("gatehouse-cluster-");
        System.out.println("starting a PostgreSQL and " + nodes + " nodes in " + directory + " ...");
        try (var cluster = LocalCluster.start(
                        new LocalCluster.Make(directory, launcher(), nodes, port, "-Xmx" + heap, List.of()));
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            return show(cluster, http);
        } finally {
            remove(directory);
        }
    }

    private int show(LocalCluster cluster, HttpClient http) throws Exception {
        var stop = Thread.ofPlatform().unstarted(() -> stopped(cluster));
        Runtime.getRuntime().addShutdownHook(stop);
        var ledger = new Ledger();
        var clients = new ArrayList<Counter>();
        for (var i = 0; i < sessions; i++) {
            clients.add(Counter.open(http, cluster.route(), ledger));
        }
        try (var beat = Executors.newSingleThreadScheduledExecutor();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client : clients) {
                var _ = beat.scheduleAtFixedRate(() -> callers.execute(client::call), 200, 500, TimeUnit.MILLISECONDS);
            }
            new Show(cluster, ledger, clients.size()).run(Duration.ofSeconds(seconds));
            beat.shutdownNow();
        }
        clients.forEach(Counter::leave);
        Runtime.getRuntime().removeShutdownHook(stop);
        var sum = ledger.sum();
        return sum.lost() + sum.twice() + sum.sessionsLost() + sum.wrong() == 0 ? 0 : 1;
    }

    private static void stopped(LocalCluster cluster) {
        try {
            cluster.close();
        } catch (IOException failure) {
            System.err.println("something that was started may still run: " + failure.getMessage());
        }
    }

    static Path launcher() {
        var launcher = System.getProperty(LAUNCHER, "");
        if (launcher.isEmpty()) {
            throw new IllegalArgumentException("run it as ./gatehouse demo --nodes N: it starts nodes by that script");
        }
        return Path.of(launcher);
    }

    /// What ends may still be removing its own files.
    private static void remove(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
