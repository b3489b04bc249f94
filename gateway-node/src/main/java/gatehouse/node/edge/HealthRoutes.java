package gatehouse.node.edge;

import static java.util.stream.Collectors.joining;

import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.session.mcp.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/// `/health`: whether the process lives, whether it should be sent requests, and what it holds right now.
///
/// None of it depends on an upstream: one that is down must not take the gateway out of service.
public final class HealthRoutes {

    /// What is counted, by name.
    ///
    /// @param held right now; all of it returns to where it was when nobody calls
    /// @param kept what is remembered to be quick, within bounds, and stays when nobody calls
    /// @param ended calls since the start, by how they ended
    /// @param refused requests since the start, by why
    /// @param older who comes over HTTP+SSE, as JSON
    public record Counts(
            SequencedMap<String, LongSupplier> held,
            SequencedMap<String, LongSupplier> kept,
            SequencedMap<String, LongSupplier> ended,
            SequencedMap<String, LongSupplier> refused,
            Supplier<String> older) {

        public Counts(
                SequencedMap<String, LongSupplier> held,
                SequencedMap<String, LongSupplier> kept,
                SequencedMap<String, LongSupplier> ended) {
            this(held, kept, ended, new LinkedHashMap<>(), () -> "{}");
        }

        public Counts {
            held = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(held));
            kept = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(kept));
            ended = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ended));
            refused = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(refused));
        }

        Counts holding(String name, LongSupplier count) {
            var more = new LinkedHashMap<>(held);
            more.put(name, count);
            return new Counts(more, kept, ended, refused, older);
        }

        Counts with(SseUsage usage, RefusalTally refusals) {
            return new Counts(held, kept, ended, refusals.counts(), usage::json).holding("sseStreams", usage::open);
        }
    }

    private static final int MOST_PROBLEMS = 20;

    private final BooleanSupplier ready;
    private final CurrentCatalogue catalogue;
    private final Counts counts;

    public HealthRoutes(BooleanSupplier ready, CurrentCatalogue catalogue, Counts counts) {
        this.ready = ready;
        this.catalogue = catalogue;
        this.counts = counts;
    }

    HttpResponse live() {
        return json(200, "{\"live\":true}");
    }

    HttpResponse ready() {
        return ready.getAsBoolean() ? json(200, "{\"ready\":true}") : json(503, "{\"ready\":false}");
    }

    /// For operators only; the edge does not serve it.
    HttpResponse detail() {
        var json = new StringBuilder("{\"ready\":").append(ready.getAsBoolean());
        json.append(",\"catalogue\":").append(catalogue.now().number());
        json.append(",\"catalogueSince\":\"").append(catalogue.since()).append('"');
        json.append(",\"catalogueProblems\":").append(catalogue.problems().size());
        json.append(catalogue.problems().stream()
                .limit(MOST_PROBLEMS)
                .map(Json::quote)
                .collect(joining(",", ",\"problems\":[", "]")));
        counts.held().forEach((name, count) -> json.append(',').append(member(name, count)));
        json.append(",\"kept\":").append(object(counts.kept()));
        json.append(",\"ended\":").append(object(counts.ended()));
        json.append(",\"refused\":").append(object(counts.refused()));
        json.append(",\"sseStreamsOfAgents\":").append(counts.older().get());
        return json(200, json.append('}').toString());
    }

    private static String object(SequencedMap<String, LongSupplier> counts) {
        return counts.entrySet().stream()
                .map(entry -> member(entry.getKey(), entry.getValue()))
                .collect(joining(",", "{", "}"));
    }

    private static String member(String name, LongSupplier count) {
        return "\"" + name + "\":" + count.getAsLong();
    }

    private static HttpResponse json(int status, String text) {
        return Answers.json(status, ByteString.fromString(text));
    }
}
