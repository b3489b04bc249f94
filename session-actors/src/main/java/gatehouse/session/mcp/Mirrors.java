package gatehouse.session.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// The headers of a modern request that repeat its body: whether they agree, and which ones to send.
///
/// Who trusts a header and who trusts the body must see the same call, else one of them can be fooled.
public final class Mirrors {

    public static final String VERSION = "MCP-Protocol-Version";
    public static final String METHOD = "Mcp-Method";
    public static final String NAME = "Mcp-Name";
    /// Begins the headers that repeat arguments; which ones only the upstream knows, so they are forwarded
    /// untouched.
    public static final String PARAM = "Mcp-Param-";

    /// Which part of the body `Mcp-Name` repeats.
    private static final Map<String, Place> NAMED = Map.of(
            "tools/call", Place.PARAMS_NAME,
            "prompts/get", Place.PARAMS_NAME,
            "resources/read", Place.PARAMS_URI,
            "tasks/get", Place.PARAMS_TASK_ID,
            "tasks/update", Place.PARAMS_TASK_ID,
            "tasks/cancel", Place.PARAMS_TASK_ID);

    private Mirrors() {}

    /// The first disagreement, in the order in which the SDKs look: it becomes 400 and -32020.
    ///
    /// A notification need not repeat its method, the revision says nothing about it; what it does repeat must be
    /// true.
    ///
    /// @param headers all values of a header, whose name the lookup takes in any case
    public static Optional<String> check(Message message, Function<String, List<String>> headers) {
        var given = headers.apply(METHOD);
        boolean silent = message.kind() != Message.Kind.REQUEST && given.isEmpty();
        return agree(VERSION, headers.apply(VERSION), message, Place.META_PROTOCOL_VERSION)
                .or(() -> silent ? Optional.empty() : agree(METHOD, given, message, Place.METHOD))
                .or(() -> named(message.method())
                        .filter(message::has)
                        .flatMap(place -> agree(NAME, headers.apply(NAME), message, place)));
    }

    /// Whether a header that repeats an argument can be forwarded; what it says is for the upstream to compare.
    public static Optional<String> checkParam(String header, List<String> values) {
        return single(header, values)
                .or(() -> Mirrored.decode(values.getFirst()).isPresent()
                        ? Optional.empty()
                        : Optional.of(header + " " + Mirrored.UNREADABLE));
    }

    /// What an upstream must be sent with this message, in the order in which it looks.
    public static SequencedMap<String, String> headers(Message message) {
        var headers = new LinkedHashMap<String, String>();
        message.text(Place.META_PROTOCOL_VERSION).ifPresent(version -> headers.put(VERSION, version));
        if (!message.method().isEmpty()) {
            headers.put(METHOD, message.method());
        }
        named(message.method()).flatMap(message::text).ifPresent(name -> headers.put(NAME, Mirrored.encode(name)));
        return headers;
    }

    /// How a text is written in one of these headers.
    public static String written(String text) {
        return Mirrored.encode(text);
    }

    /// The place that says what a call of this method is about, if the method has one.
    public static Optional<Place> named(String method) {
        return Optional.ofNullable(NAMED.get(method));
    }

    private static Optional<String> agree(String header, List<String> values, Message message, Place place) {
        var unfit = single(header, values);
        if (unfit.isPresent()) {
            return unfit;
        }
        var decoded = header.equals(NAME) ? Mirrored.decode(values.getFirst()) : Mirrored.plain(values.getFirst());
        if (decoded.isEmpty()) {
            return Optional.of(header + " " + Mirrored.UNREADABLE);
        }
        return decoded.equals(message.text(place))
                ? Optional.empty()
                : Optional.of(header + " differs from " + place.path() + " of the body");
    }

    private static Optional<String> single(String header, List<String> values) {
        return switch (values.size()) {
            case 0 -> Optional.of(header + " is missing");
            case 1 -> Optional.empty();
            default -> Optional.of(header + " is given " + values.size() + " times");
        };
    }
}
