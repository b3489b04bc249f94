package gatehouse.load.endure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.load.wire.Line;
import gatehouse.load.wire.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/// The node's own counters, `GET /health/detail`.
public record Health(Target target) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// What is declared may be more or less at any time; it is nothing a session holds.
    private static final String DECLARED = "catalogue";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Every whole number at the top of the answer that counts what is held, by name; the line is closed after each
    /// question.
    public SortedMap<String, Long> counters() throws IOException {
        var request = "GET " + target.path() + " HTTP/1.1\r\nHost: " + target.host() + "\r\nConnection: close\r\n\r\n";
        try (var line = Line.open(target.address(), PATIENCE)) {
            var reply = line.send(request.getBytes(US_ASCII));
            if (reply.status() != 200) {
                throw new IOException(target.url() + " answered " + reply.status() + " instead of the node's counters");
            }
            return read(reply.text());
        }
    }

    static SortedMap<String, Long> read(String json) throws IOException {
        var counters = new TreeMap<String, Long>();
        JSON.readTree(json).properties().forEach(entry -> {
            if (entry.getValue().isIntegralNumber() && !entry.getKey().startsWith(DECLARED)) {
                counters.put(entry.getKey(), entry.getValue().longValue());
            }
        });
        return counters;
    }
}
