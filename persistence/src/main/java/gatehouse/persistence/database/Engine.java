package gatehouse.persistence.database;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The kinds of database the store runs on, and what each must be told to be fit for it.
public enum Engine {

    /// Inside the process, for one node. WRITE_DELAY=0 hands every commit to the operating system before it
    /// returns: it survives the death of the process, but not of the machine. The library's SQL needs lower-case
    /// names. A trace file would lie open beside the store, with what failed in it.
    H2("jdbc:h2:", ";DATABASE_TO_UPPER=FALSE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096;TRACE_LEVEL_FILE=0"),

    POSTGRESQL("jdbc:postgresql:", "");

    private final String prefix;
    private final String musts;

    Engine(String prefix, String musts) {
        this.prefix = prefix;
        this.musts = musts;
    }

    public static Optional<Engine> of(String url) {
        return Arrays.stream(values())
                .filter(engine -> url.startsWith(engine.prefix))
                .findFirst();
    }

    /// The folder of its migrations.
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The url with what must be said added, where the operator did not say it.
    String complete(String url) {
        var said = url.toUpperCase(Locale.ROOT);
        return Arrays.stream(musts.split("(?=;)", -1))
                .filter(must -> !must.isEmpty() && !said.contains(must.substring(0, must.indexOf('=') + 1)))
                .reduce(url, String::concat);
    }

    /// What the driver is told beside the url: without a socket timeout a silent network holds a thread for ever.
    Map<String, String> properties(DatabaseSettings settings) {
        return switch (this) {
            case H2 -> Map.of();
            case POSTGRESQL ->
                Map.of(
                        "connectTimeout", seconds(settings.connectionTimeout()),
                        "socketTimeout", seconds(settings.answerTimeout()),
                        "tcpKeepAlive", "true",
                        "reWriteBatchedInserts", "true",
                        "ApplicationName", "gatehouse");
        };
    }

    private static String seconds(Duration timeout) {
        return Long.toString(Math.max(1, timeout.toSeconds()));
    }
}
