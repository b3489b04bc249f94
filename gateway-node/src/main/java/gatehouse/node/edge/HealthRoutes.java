package gatehouse.node.edge;

import gatehouse.config.catalogue.CurrentCatalogue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/// `/health`: whether the process lives, whether it should be sent requests, and what it holds right now.
///
/// None of it depends on an upstream: one that is down must not take the gateway out of service.
public final class HealthRoutes {

    private final BooleanSupplier ready;
    private final CurrentCatalogue catalogue;
    private final Map<String, IntSupplier> counts;

    public HealthRoutes(BooleanSupplier ready, CurrentCatalogue catalogue, Map<String, IntSupplier> counts) {
        this.ready = ready;
        this.catalogue = catalogue;
        this.counts = new LinkedHashMap<>(counts);
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
        counts.forEach(
                (name, count) -> json.append(",\"").append(name).append("\":").append(count.getAsInt()));
        return json(200, json.append('}').toString());
    }

    private static HttpResponse json(int status, String text) {
        return Answers.json(status, ByteString.fromString(text));
    }
}
