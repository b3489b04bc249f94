package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Wire;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/// What an upstream granted a session and must be told again when the leg to it is opened anew.
public sealed interface Change extends Wire {

    /// The params of `logging/setLevel`, as JSON.
    record Level(String params) implements Change {}

    /// The params of `resources/subscribe`, as JSON.
    record Subscribed(String uri, String params) implements Change {}

    record Unsubscribed(String uri) implements Change {}

    /// What a request changes once it is granted, if anything.
    static Optional<Change> by(Message request) {
        var params = request.raw(Place.PARAMS).map(ByteString::utf8String).orElse("{}");
        var uri = request.text(Place.PARAMS_URI).orElse("");
        return switch (request.method()) {
            case "logging/setLevel" -> Optional.of(new Level(params));
            case "resources/subscribe" -> Optional.of(new Subscribed(uri, params));
            case "resources/unsubscribe" -> Optional.of(new Unsubscribed(uri));
            default -> Optional.empty();
        };
    }
}
