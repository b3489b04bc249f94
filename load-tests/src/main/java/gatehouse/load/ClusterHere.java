package gatehouse.load;

import gatehouse.load.cluster.LocalCluster;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A cluster on this machine for as long as a command runs; nothing of it stays.
final class ClusterHere {

    static final String LAUNCHER = "gatehouse.launcher";

    @Option(names = "--nodes", defaultValue = "3", description = "How many (default: ${DEFAULT-VALUE}).")
    int nodes;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Where the balancer is heard; 0 for any (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(names = "--heap", defaultValue = "512m", description = "Of each node (default: ${DEFAULT-VALUE}).")
    String heap = "512m";

    /// What is done with it; the result is the command's.
    interface Use {
        int of(LocalCluster cluster) throws Exception;
    }

    int during(Use use) throws Exception {
        Bound.check("--nodes", nodes, 2, 7);
        Bound.check("--port", port, 0, 65_535);
        var directory = Files.createTempDirectory("gatehouse-cluster-");
        System.out.println("starting a PostgreSQL and " + nodes + " nodes in " + directory + " ...");
        try (var cluster = LocalCluster.start(
                new LocalCluster.Make(directory, launcher(), nodes, port, "-Xmx" + heap, List.of()))) {
            var interrupted = Thread.ofPlatform().unstarted(() -> stop(cluster));
            Runtime.getRuntime().addShutdownHook(interrupted);
            var result = use.of(cluster);
            Runtime.getRuntime().removeShutdownHook(interrupted);
            return result;
        } finally {
            remove(directory);
        }
    }

    private static void stop(LocalCluster cluster) {
        try {
            cluster.close();
        } catch (IOException failure) {
            System.err.println("something that was started may still run: " + failure.getMessage());
        }
    }

    private static Path launcher() {
        var launcher = System.getProperty(LAUNCHER, "");
        if (launcher.isEmpty()) {
            throw new IllegalArgumentException("run it by ./gatehouse: nodes are started by that script");
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
