package gatehouse.load;

import gatehouse.load.proxy.BareProxy;
import gatehouse.load.wire.Key;
import gatehouse.load.wire.Target;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `load bare-proxy`: the yardstick alone.
@Command(
        name = "bare-proxy",
        mixinStandardHelpOptions = true,
        description = "Starts a bare Pekko HTTP streaming reverse proxy on loopback.")
final class ProxyCommand implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "0", description = "0 takes any free port (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(names = "--upstream", required = true, description = "URL on loopback that requests are passed on to.")
    URI upstream = URI.create("");

    @Mixin
    final Lifetime lifetime = new Lifetime();

    @Override
    public Integer call() throws Exception {
        Bound.check("--port", port, 0, 65_535);
        var target = Target.at("upstream", upstream, Key.NONE);
        try (var proxy = BareProxy.start(
                port, target.address().getHostString(), target.address().getPort())) {
            System.out.println("http://127.0.0.1:" + proxy.port() + target.path());
            lifetime.await();
        }
        return 0;
    }
}
