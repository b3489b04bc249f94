package gatehouse.node;

import gatehouse.config.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs a node until it is told to stop.
@Command(
        name = "up",
        description = "Runs a node from a config directory: tenants/, agents/, upstreams/, routes/ and node.conf.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "DIR", description = "The config directory.")
    private Path config = Path.of(".");

    @Override
    public Integer call() {
        var node = Node.start(Settings.load(config), config);
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        System.out.printf(
                "Gatehouse serves at %s, health at %s%n",
                url(node.address()), url(node.management()) + "/health/ready");
        node.terminated().toCompletableFuture().join();
        return 0;
    }

    private static String url(java.net.InetSocketAddress address) {
        return "http://" + address.getHostString() + ":" + address.getPort();
    }
}
