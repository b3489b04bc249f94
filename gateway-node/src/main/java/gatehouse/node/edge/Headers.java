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
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// The headers of a request, by name in any case; the parts that HTTP's own model keeps elsewhere included.
final class Headers {

    private static final CompletionStage<Done> NEVER = new CompletableFuture<>();

    private final HttpRequest request;
    private final List<org.apache.pekko.http.javadsl.model.HttpHeader> all = new ArrayList<>(16);

    Headers(HttpRequest request) {
        this.request = request;
        request.getHeaders().forEach(all::add);
    }

    List<String> names() {
        return all.stream().map(header -> header.lowercaseName()).toList();
    }

    List<String> all(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("content-type")) {
            return contentType();
        }
        var values = new ArrayList<String>(1);
        for (var header : all) {
            if (header.lowercaseName().equals(lower)) {
                values.add(header.value());
            }
        }
        return values;
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
        var type = request.entity().getContentType().toString();
        return type.equals("none/none") ? List.of() : List.of(type);
    }
}
