package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.time.Duration;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/// Adds to a legacy result what the modern era wants every result to say.
record Results(Hello hello, ModernSettings.Freshness freshness) {

    private static final Set<String> LISTS =
            Set.of("tools/list", "prompts/list", "resources/list", "resources/templates/list");

    /// What answers `server/discover`.
    Message discovered(Id id) {
        var instructions = hello.instructions().isEmpty() ? "" : ",\"instructions\":" + hello.instructions();
        var result = Message.result(
                id,
                "{\"supportedVersions\":[" + Json.quote(Dialect.V2026_07_28.version()) + "],\"capabilities\":"
                        + hello.offered() + instructions + "}");
        return cacheable(complete(result), freshness.lists());
    }

    Message of(Message result, String method) {
        var complete = complete(result).without(Place.RESULT_META_RELATED_TASK);
        if (method.equals("resources/read")) {
            return cacheable(complete, freshness.reads());
        }
        if (!LISTS.contains(method)) {
            return complete;
        }
        var listed = method.equals("tools/list") ? ToolFlags.removed(complete) : complete;
        return cacheable(listed, freshness.lists());
    }

    private Message complete(Message result) {
        var complete = result.withText(Place.RESULT_TYPE, "complete");
        return hello.serverInfo().isEmpty()
                ? complete
                : complete.with(Place.RESULT_META_SERVER_INFO, hello.serverInfo());
    }

    /// A session may be shown other things than anybody else, so nothing of it is for everybody.
    private static Message cacheable(Message result, Duration otherwise) {
        var known = result.raw(Place.RESULT_TTL_MS).map(ByteString::utf8String).filter(Results::isTime);
        return result.with(Place.RESULT_TTL_MS, known.orElseGet(() -> Long.toString(otherwise.toMillis())))
                .withText(Place.RESULT_CACHE_SCOPE, "private");
    }

    private static boolean isTime(String json) {
        return json.matches("0|[1-9][0-9]{0,14}");
    }
}
