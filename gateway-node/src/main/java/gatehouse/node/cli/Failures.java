package gatehouse.node.cli;

import gatehouse.config.settings.BadConfig;
import java.net.BindException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.stream.BindFailedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Says what went wrong to a person: what, where, and what to do. The stack is for developers who ask for it.
public final class Failures implements IExecutionExceptionHandler {

    private static final int BAD_CONFIG = 2;
    private static final int FAILED = 1;
    private static final int MOST_CAUSES = 32;

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
                .or(() -> causes(failure)
                        .filter(cause -> String.valueOf(cause.getMessage()).contains("may be already in use"))
                        .findFirst()
                        .map(locked ->
                                "the store is in use by another node (gateway.storage.url in node.conf): stop that"
                                        + " node, or give this one a store of its own"))
                .orElseGet(() -> root(failure).getMessage() == null
                        ? root(failure).toString()
                        : root(failure).getMessage());
    }

    private static Optional<Throwable> cause(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).filter(type::isInstance).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }

    private static Throwable root(Throwable failure) {
        return causes(failure).reduce(failure, (outer, inner) -> inner);
    }
}
