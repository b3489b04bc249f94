package gatehouse.node;

import gatehouse.node.demo.Ink;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs a [Demo] until it is told to stop.
@Command(
        name = "demo",
        description = {
            "Starts a node with a sample upstream behind it, and says how to use it.",
            "With --nodes N: a cluster, and a prompt at which its nodes are killed; --nodes N --help tells more."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Where clients are heard; operators at the port above. 0 for any. Default: ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Option(
            names = "--dir",
            defaultValue = ".gatehouse/demo",
            paramLabel = "DIR",
            description = "The config directory to make or to take up again. Default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of(".gatehouse/demo");

    @Option(names = "--fresh", description = "Forget the key, the sessions and all edits of earlier demos.")
    private boolean fresh;

    @Override
    public Integer call() {
        var demo = Demo.start(directory, port, fresh);
        demo.closeWhenToldToEnd();
        System.out.print(demo.guide().text(Ink.suitable()));
        System.out.flush();
        demo.terminated().toCompletableFuture().join();
        return 0;
    }
}
