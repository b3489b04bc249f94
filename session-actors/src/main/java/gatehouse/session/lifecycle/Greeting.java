package gatehouse.session.lifecycle;

import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.pekko.util.ByteString;

/// What a session keeps of its client's `initialize`: enough to introduce it once more to an upstream that forgot it,
/// and nothing that the protocol does not name.
public final class Greeting {

    private static final List<Place> KEPT =
            List.of(Place.PARAMS_PROTOCOL_VERSION, Place.PARAMS_CAPABILITIES, Place.PARAMS_CLIENT_INFO);

    private Greeting() {}

    /// Judged by its length alone, before anything of it is copied.
    public static Optional<Unkept> unkept(Message initialize, SessionBounds bounds) {
        var bytes = 1; // braces and commas
        for (var place : KEPT) {
            bytes += initialize
                    .raw(place)
                    .map(json -> json.size() + place.field().length() + 4)
                    .orElse(0);
        }
        return bytes > bounds.opening()
                ? Optional.of(new Unkept.TooLong("params of initialize", bytes, bounds.opening()))
                : Optional.empty();
    }

    public static String kept(Message initialize) {
        var kept = new StringJoiner(",", "{", "}");
        for (var place : KEPT) {
            initialize
                    .raw(place)
                    .map(ByteString::utf8String)
                    .ifPresent(json -> kept.add(Json.quote(place.field()) + ":" + json));
        }
        return kept.toString();
    }
}
