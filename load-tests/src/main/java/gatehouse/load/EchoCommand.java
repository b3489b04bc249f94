package gatehouse.load;

import gatehouse.load.echo.FastEcho;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `load echo`: the fast upstream alone, for a gateway to be pointed at.
@Command(
        name = "echo",
        mixinStandardHelpOptions = true,
        description = "Starts the fast MCP echo upstream on loopback: tools echo, sse and slow, both eras.")
final class EchoCommand implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "9100", description = "0 takes any free port (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--tools",
            defaultValue = "0",
            description = "Tools that are only listed, beside the three that work (default: ${DEFAULT-VALUE}).")
    int tools;

    @Mixin
    final Lifetime lifetime = new Lifetime();

    @Override
    public Integer call() throws Exception {
        Bound.check("--port", port, 0, 65_535);
        Bound.check("--tools", tools, 0, 5000);
        try (var echo = listening()) {
            System.out.println("http://127.0.0.1:" + echo.port() + "/mcp");
            lifetime.await();
        }
        return 0;
    }

    private FastEcho listening() throws IOException {
        try {
            return FastEcho.start(port, tools);
        } catch (BindException e) {
            throw new IOException(
                    "127.0.0.1:" + port
                            + " is taken, perhaps by another run; name a free port, or that echo with --upstream",
                    e);
        }
    }
}
