package gatehouse.node;

import gatehouse.node.cli.CheckCommand;
import gatehouse.node.cli.Failures;
import gatehouse.node.cli.KeyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Begins the process: finds the command and turns how it went into an exit code.
@Command(
        name = "gatehouse",
        description = "One door through which AI agents reach the MCP servers of many teams.",
        mixinStandardHelpOptions = true,
        version = "Gatehouse 0.1.0",
        subcommands = {DemoCommand.class, UpCommand.class, CheckCommand.class, KeyCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        var exit = new CommandLine(new Main())
                .setExecutionExceptionHandler(new Failures())
                .setUsageHelpAutoWidth(true)
                .execute(arguments);
        System.exit(exit);
    }
}
