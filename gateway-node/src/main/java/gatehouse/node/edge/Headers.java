package gatehouse.node.edge;

import gatehouse.node.edge.wire.Answering;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.upstream.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// The headers of a request, by name in any case; the parts that HTTP's own model keeps elsewhere included.
final class Headers {

    private static final List<String> JSON = List.of("application/json");
    private static final CompletionStage<Done> NEVER = new CompletableFuture<>();

    private final HttpRequest request;
    private final List<org.apache.pekko.http.javadsl.model.HttpHeader> all = new ArrayList<>(16);

    Headers(HttpRequest request) {
        this.request = request;
        request.getHeaders().forEach(all::add);
    }

    List<String> names() {
        var names = new ArrayList<String>(all.size());
        for (var header : all) {
            names.add(header.lowercaseName());
        }
        return names;
    }

    List<String> all(String name) {
        if (name.equalsIgnoreCase("Content-Type")) {
            return contentType();
        }
        List<String> values = List.of();
        for (var header : all) {
            if (header.lowercaseName().equalsIgnoreCase(name)) {
                values = values.isEmpty() ? List.of(header.value()) : with(values, header.value());
            }
        }
        return values;
    }

    private static List<String> with(List<String> values, String more) {
        var all = new ArrayList<>(values);
        all.add(more);
        return all;
    }

    /// The value, or nothing: whether there are several was judged before.
    String one(String name) {
        var values = all(name);
        return values.isEmpty() ? "" : values.getFirst().strip();
    }

    /// What repeats arguments of a tool: only the upstream knows which, so they go on as they are.
    List<Header> passed() {
        var passed = new ArrayList<Header>(0);
        for (var header : all) {
            if (header.lowercaseName().startsWith(PARAM) && isPlain(header.value())) {
                passed.add(new Header(header.name(), header.value()));
            }
        }
        return passed;
    }

    CompletionStage<Done> gone() {
        return request.getAttribute(Answering.DEPARTURE)
                .map(Answering.Departure::gone)
                .orElse(NEVER);
    }

    static RawHeader raw(String name, String value) {
        return RawHeader.create(name, value);
    }

    private static final String PARAM = Mirrors.PARAM.toLowerCase(Locale.ROOT);

    private static boolean isPlain(String value) {
        return value.chars().allMatch(c -> (c >= 0x20 && c < 0x7F) || c == 0x09);
    }

    /// Parsed away by the HTTP layer; an unset one reads as nothing.
    private List<String> contentType() {
        var parsed = request.entity().getContentType();
        if (parsed.equals(ContentTypes.APPLICATION_JSON)) {
            return JSON;
        }
        var type = parsed.toString();
        return type.equals("none/none") ? List.of() : List.of(type);
    }
}
