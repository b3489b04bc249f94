package gatehouse.node;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.settings.Settings;
import gatehouse.node.demo.DemoDirectory;
import gatehouse.node.demo.Guide;
import gatehouse.node.demo.Ports;
import gatehouse.node.sample.SampleUpstream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// A node with a sample upstream behind it, in one process.
final class Demo implements AutoCloseable {
    private final DemoDirectory directory;
    private final SampleUpstream upstream;
    private final Node node;

    private Demo(DemoDirectory directory, SampleUpstream upstream, Node node) {
        this.directory = directory;
        this.upstream = upstream;
        this.node = node;
    }

    /// Blocks until it serves. What may fail for reasons of the outside comes first.
    static Demo start(Path path, int port, boolean fresh) {
        var ports = Ports.from(port);
        var directory = DemoDirectory.open(path, fresh);
        try {
            return behind(directory, ports);
        } catch (RuntimeException failure) {
            directory.close();
            throw failure;
        }
    }

    private static Demo behind(DemoDirectory directory, Ports ports) {
        var settings = settings(directory.path(), ports);
        var upstream = SampleUpstream.start(settings.config());
        try {
            directory.declare(upstream.url());
            return new Demo(directory, upstream, Node.start(settings, directory.path()));
        } catch (RuntimeException failure) {
            upstream.close();
            throw failure;
        }
    }

    /// The ports of the command line over those of the file.
    private static Settings settings(Path directory, Ports ports) {
        var settings = Settings.load(directory);
        var chosen = ConfigFactory.parseMap(
                Map.of("gateway.edge.port", ports.edge(), "gateway.node.management.port", ports.management()),
                "--port");
        return new Settings(directory, chosen.withFallback(settings.config()), settings.problems());
    }

    Guide guide() {
        return new Guide(url(node.address()), url(node.management()), directory.path(), directory.key());
    }

    void closeWhenToldToEnd() {
        node.whenToldToEnd(this::close);
    }

    CompletionStage<Done> terminated() {
        return node.terminated();
    }

    @Override
    public void close() {
        node.close();
        upstream.close();
        directory.close();
    }

    private static URI url(InetSocketAddress address) {
        return URI.create("http://" + address.getHostString() + ":" + address.getPort());
    }
}
