package gatehouse.load.beat;

import static java.nio.charset.StandardCharsets.UTF_8;

import gatehouse.load.wire.Line;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Session;
import gatehouse.load.wire.ToolCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The closed model by `wrk`, which asks faster than a client in Java on the same two cores can.
///
/// It looks at status codes alone; that answers are right is what [Beat] checks.
public record Wrk(Path binary, Script script, int lines, int payload) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String FIRST_ID = "1000000000";
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    /// Where wrk is installed, if it is.
    public static Optional<Path> installed() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "wrk"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// One session per connection, opened before and ended after.
    public Peak run(Duration length) throws IOException, InterruptedException {
        try (var line = Line.open(script.target().address(), PATIENCE)) {
            var sessions = new ArrayList<Session>();
            for (var n = 0; n < lines; n++) {
                sessions.add(Session.open(script, line));
            }
            var lua = Files.writeString(Files.createTempFile("gatehouse-wrk", ".lua"), requests(sessions));
            try {
                return peak(output(lua, length));
            } finally {
                Files.delete(lua);
                end(sessions);
            }
        }
    }

    /// On a line of its own, as the first may have been idle for too long.
    private void end(List<Session> sessions) throws IOException {
        try (var line = Line.open(script.target().address(), PATIENCE)) {
            for (var session : sessions) {
                session.end(line);
            }
        }
    }

    private String output(Path lua, Duration length) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        binary.toString(),
                        "-t1",
                        "-c" + lines,
                        "-d" + length.toSeconds() + "s",
                        "--latency",
                        "-s",
                        lua.toString(),
                        script.target().url().toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("wrk failed: " + output);
        }
        return output;
    }

    /// Each request gets an id of its own, since a session may refuse one that is still in use.
    private String requests(List<Session> sessions) {
        var call = ToolCall.echo("x".repeat(payload), FIRST_ID);
        var requests = sessions.stream()
                .map(session -> new String(script.call(session.id(), call), UTF_8))
                .map(request -> "{" + quoted(before(request)) + ", " + quoted(after(request)) + "}")
                .collect(Collectors.joining(",\n"));
        return """
                local requests = {%s}
                local n = 0
                request = function()
                  local parts = requests[n %% #requests + 1]
                  n = n + 1
                  return parts[1] .. (%s + n %% 1000000000) .. parts[2]
                end
                """.formatted(requests, FIRST_ID);
    }

    private static String before(String request) {
        return request.substring(0, request.indexOf(FIRST_ID));
    }

    private static String after(String request) {
        return request.substring(request.indexOf(FIRST_ID) + FIRST_ID.length());
    }

    /// Lua's long brackets would turn line ends into bare line feeds, so everything is escaped.
    private static String quoted(String request) {
        return '"'
                + request.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "\\r")
                        .replace("\n", "\\n")
                + '"';
    }

    static Peak peak(String output) {
        var rate = RATE.matcher(output);
        if (!rate.find()) {
            throw new IllegalArgumentException("no throughput in wrk's output: " + output);
        }
        var refused = REFUSED.matcher(output);
        var errors = refused.find() ? Double.parseDouble(refused.group(1)) : 0;
        var broken = BROKEN.matcher(output);
        if (broken.find()) {
            errors += Stream.of(1, 2, 3, 4)
                    .mapToDouble(group -> Double.parseDouble(broken.group(group)))
                    .sum();
        }
        var perSecond = Double.parseDouble(rate.group(1));
        return new Peak(
                perSecond, at("50%", output), at("99%", output), perSecond > 0 ? errors : errors + 1, Double.NaN);
    }

    private static double at(String percentile, String output) {
        var found =
                Pattern.compile("\\s" + percentile + "\\s+([0-9.]+)(us|ms|s)").matcher(output);
        if (!found.find()) {
            return Double.NaN;
        }
        var value = Double.parseDouble(found.group(1));
        return switch (found.group(2)) {
            case "us" -> value / 1000;
            case "s" -> value * 1000;
            default -> value;
        };
    }
}
