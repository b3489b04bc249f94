package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Wire;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.Optional;

/// What an upstream granted a session and must be told again when the leg to it is opened anew.
public sealed interface Change extends Wire {

    /// From `logging/setLevel`: one of the eight words of RFC 5424.
    record Level(String word) implements Change {}

    record Subscribed(String uri) implements Change {}

    record Unsubscribed(String uri) implements Change {}

    /// What a request changes once it is granted, if anything.
    static Optional<Change> by(Message request) {
        return switch (request.method()) {
            case "logging/setLevel" ->
                Optional.of(new Level(request.text(Place.PARAMS_LEVEL).orElse("")));
            case "resources/subscribe" -> Optional.of(new Subscribed(uri(request)));
            case "resources/unsubscribe" -> Optional.of(new Unsubscribed(uri(request)));
            default -> Optional.empty();
        };
    }

    private static String uri(Message request) {
        return request.text(Place.PARAMS_URI).orElse("");
    }
}
