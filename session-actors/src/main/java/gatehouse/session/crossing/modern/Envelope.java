package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Nested;
import gatehouse.session.mcp.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/// What a modern request says beside its question: everything that the legacy era says once per session or not at all.
///
/// @param token the JSON of its progress token; empty if it wants no progress
/// @param level the name of the log level it asks for, as it stands there; empty if it wants no log
/// @param responses its answers to what it was asked, by key
/// @param state its `requestState`; empty if it continues nothing
record Envelope(
        Id id, String token, String level, Abilities abilities, Map<String, ByteString> responses, String state) {

    private static final List<Place> OF_THIS_ERA = List.of(
            Place.META_PROTOCOL_VERSION,
            Place.META_CLIENT_CAPABILITIES,
            Place.META_CLIENT_INFO,
            Place.META_LOG_LEVEL,
            Place.META_SUBSCRIPTION_ID,
            Place.PARAMS_INPUT_RESPONSES,
            Place.PARAMS_REQUEST_STATE,
            Place.PARAMS_TASK);

    Envelope {
        responses = Map.copyOf(responses);
    }

    static Envelope of(Message request) {
        return new Envelope(
                request.id().orElseThrow(),
                request.raw(Place.META_PROGRESS_TOKEN)
                        .map(ByteString::utf8String)
                        .orElse(""),
                request.raw(Place.META_LOG_LEVEL).map(Envelope::name).orElse(""),
                Abilities.of(request.raw(Place.META_CLIENT_CAPABILITIES).orElseGet(ByteString::emptyByteString)),
                request.raw(Place.PARAMS_INPUT_RESPONSES).map(Nested::members).orElseGet(LinkedHashMap::new),
                request.text(Place.PARAMS_REQUEST_STATE).orElse(""));
    }

    /// The message as a legacy upstream takes it. Progress token, trace context and foreign keys stay.
    static Message bare(Message message) {
        var bare = message;
        for (var place : OF_THIS_ERA) {
            bare = bare.without(place);
        }
        return bare.raw(Place.PARAMS_META).filter(json -> json.size() == 2).isPresent()
                ? bare.without(Place.PARAMS_META)
                : bare;
    }

    Optional<Severity> severity() {
        return Severity.of(level);
    }

    private static String name(ByteString json) {
        return Nested.text(json).orElseGet(json::utf8String);
    }
}
