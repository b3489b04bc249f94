package gatehouse.node;

import gatehouse.config.settings.Settings;
import gatehouse.node.edge.EdgeSettings;
import java.net.InetSocketAddress;
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
        var settings = Settings.load(config);
        var node = Node.start(settings, config);
        var scheme = NodeSettings.read(settings).edge().transport() instanceof EdgeSettings.Tls ? "https" : "http";
        node.whenToldToEnd(node::close);
        System.out.printf(
                "Gatehouse serves at %s, health at %s%n",
                url(scheme, node.address()), url("http", node.management()) + "/health/ready");
        node.routes().forEach(route -> System.out.printf("  %s/mcp/%s%n", url(scheme, node.address()), route));
        node.terminated().toCompletableFuture().join();
        return node.toldToStop() ? 0 : 1;
    }

    private static String url(String scheme, InetSocketAddress address) {
        return scheme + "://" + address.getHostString() + ":" + address.getPort();
    }
}
