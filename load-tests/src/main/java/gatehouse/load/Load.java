package gatehouse.load;

import gatehouse.load.wire.Era;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `gatehouse load`: everything that can be measured on a running node, one command each.
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        description = "Measures a running node, on loopback only; every run is bounded and stops by itself.")
public final class Load {

    private Load() {}

    public static void main(String[] arguments) {
        System.exit(commands().execute(arguments));
    }

    static CommandLine commands() {
        return new CommandLine(new Load())
                .addSubcommand("call-legacy", new CallCommand(Era.LEGACY))
                .addSubcommand("call-modern", new CallCommand(Era.MODERN))
                .addSubcommand("saturation", new SaturationCommand())
                .addSubcommand("idle", new IdleCommand())
                .addSubcommand("leak", new LeakCommand())
                .addSubcommand("federation", new FederationCommand())
                .addSubcommand("cluster", new ClusterCommand())
                .addSubcommand("chaos", new ChaosCommand())
                .addSubcommand("echo", new EchoCommand())
                .addSubcommand("bare-proxy", new ProxyCommand())
                .setExecutionExceptionHandler((failure, line, _) -> {
                    if (failure instanceof IllegalArgumentException) {
                        line.getErr().println(line.getCommandName() + ": " + failure.getMessage());
                        return line.getCommandSpec().exitCodeOnInvalidInput();
                    }
                    if (failure instanceof IOException) {
                        line.getErr().println(line.getCommandName() + ": " + failure);
                        return line.getCommandSpec().exitCodeOnExecutionException();
                    }
                    throw failure;
                });
    }
}
