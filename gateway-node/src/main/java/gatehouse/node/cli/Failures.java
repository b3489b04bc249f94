package gatehouse.node.cli;

import gatehouse.config.settings.BadConfig;
import java.net.BindException;
import java.util.Optional;
import org.apache.pekko.stream.BindFailedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Says what went wrong to a person: what, where, and what to do. The stack is for developers who ask for it.
public final class Failures implements IExecutionExceptionHandler {

    private static final int BAD_CONFIG = 2;
    private static final int FAILED = 1;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        var err = command.getErr();
        if (System.getenv("GATEHOUSE_STACK") != null) {
            failure.printStackTrace(err);
        }
        if (failure instanceof BadConfig bad) {
            bad.problems().forEach(err::println);
            err.printf(
                    "%d problem%s; nothing was started%n",
                    bad.problems().size(), bad.problems().size() == 1 ? "" : "s");
            return BAD_CONFIG;
        }
        err.println(explain(failure));
        err.println("(GATEHOUSE_STACK=1 shows where in the program)");
        return FAILED;
    }

    private static String explain(Throwable failure) {
        return cause(failure, BindFailedException.class)
                .or(() -> cause(failure, BindException.class))
                .map(bind -> bind.getMessage() + ": choose another port (gateway.edge.port or"
                        + " gateway.node.management.port in node.conf, --port of the demo), or end what listens there")
                .orElseGet(() -> root(failure).getMessage() == null
                        ? root(failure).toString()
                        : root(failure).getMessage());
    }

    private static Optional<Throwable> cause(Throwable failure, Class<? extends Throwable> type) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static Throwable root(Throwable failure) {
        var at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
