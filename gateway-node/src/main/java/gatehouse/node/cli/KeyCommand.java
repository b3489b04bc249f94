package gatehouse.node.cli;

import gatehouse.config.catalogue.ApiKey;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Mints an API key: shown once, declared by its hash.
@Command(
        name = "key",
        description = "Mints an API key for an agent, and prints what to declare for it.",
        mixinStandardHelpOptions = true)
public final class KeyCommand implements Callable<Integer> {

    private static final int DAYS = 90;

    @Option(
            names = "--env",
            defaultValue = "live",
            paramLabel = "NAME",
            description = "Part of the key, so that people see where it belongs. Default: ${DEFAULT-VALUE}.")
    private String environment = "live";

    @Override
    public Integer call() {
        var key = ApiKey.mint(environment);
        System.out.printf(
                """
                Give this to the agent; it is shown once and stored nowhere:

                  %s

                Declare this under `keys:` in the agent's document:

                  - id: %s
                    sha256: %s
                    expires: %s
                """,
                key.reveal(),
                key.id(),
                key.hash().hex(),
                LocalDate.now(ZoneOffset.UTC).plusDays(DAYS));
        return 0;
    }
}
