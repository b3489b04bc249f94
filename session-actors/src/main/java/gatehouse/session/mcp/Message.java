package gatehouse.session.mcp;

import gatehouse.session.mcp.Reading.Malformed;
import gatehouse.session.mcp.Reading.Read;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.apache.pekko.util.ByteString;

/// One JSON-RPC message: its JSON on one line, and where in it the [Place]s are that the gateway reads or rewrites.
///
/// It is well-formed at all times: an edit that would make it otherwise throws.
public final class Message {

    /// Tells the four shapes of a message apart.
    public enum Kind {
        REQUEST,
        NOTIFICATION,
        RESULT,
        ERROR
    }

    /// Our own words pass the same reader as everybody's; the bounds only keep mistakes small.
    private static final StrictReader OWN =
            new StrictReader(new ReadLimits(500, 1000, 1 << 28, 50_000, 1 << 28, 10_000_000));

    private static final Set<Place> CREATABLE =
            EnumSet.of(Place.ROOT, Place.PARAMS, Place.PARAMS_META, Place.RESULT_META);
    private static final Set<Place> FIXED = EnumSet.of(Place.ROOT, Place.JSONRPC, Place.ELSEWHERE);

    private final Piece piece;
    private final Kind kind;
    private final List<Id> ids; // one or none
    private final String method;

    Message(Piece piece, Kind kind, List<Id> ids, String method) {
        this.piece = piece;
        this.kind = kind;
        this.ids = ids;
        this.method = method;
    }

    public static Message request(Id id, String method, String paramsJson) {
        return own("\"id\":" + id.json() + ",\"method\":" + Json.quote(method) + ",\"params\":" + paramsJson);
    }

    public static Message notification(String method, String paramsJson) {
        return own("\"method\":" + Json.quote(method) + ",\"params\":" + paramsJson);
    }

    public static Message result(Id id, String resultJson) {
        return own("\"id\":" + id.json() + ",\"result\":" + resultJson);
    }

    /// A result whose bytes are carried as they are.
    public static Message result(Id id, ByteString resultJson) {
        return kept(ByteString.fromString("{\"jsonrpc\":\"2.0\",\"id\":" + id.json() + ",\"result\":")
                .concat(resultJson)
                .concat(ByteString.fromString("}"))
                .toArrayUnsafe());
    }

    public static Message error(Id id, int code, String text) {
        return error(id.json(), code, text, "");
    }

    public static Message error(Id id, int code, String text, String dataJson) {
        return error(id.json(), code, text, ",\"data\":" + dataJson);
    }

    /// An error about something whose id nobody knows.
    public static Message error(int code, String text) {
        return error("null", code, text, "");
    }

    public static Message error(int code, String text, String dataJson) {
        return error("null", code, text, ",\"data\":" + dataJson);
    }

    public Kind kind() {
        return kind;
    }

    /// Empty for notifications, and for errors that belong to no known request.
    public Optional<Id> id() {
        return ids.stream().findFirst();
    }

    /// Empty for results and errors.
    public String method() {
        return method;
    }

    public boolean has(Place place) {
        return piece.has(place);
    }

    /// The JSON that stands there.
    public Optional<ByteString> raw(Place place) {
        return piece.raw(place);
    }

    /// What stands there, if it is a text.
    public Optional<String> text(Place place) {
        return piece.text(place);
    }

    /// Puts a value there, in place of one or anew where its parent is an object, or may be made one.
    public Message with(Place place, String json) {
        if (FIXED.contains(place) || (!piece.isObject(place.parent()) && !CREATABLE.contains(place.parent()))) {
            throw new IllegalArgumentException("nothing can be put at " + place.path() + " of " + this);
        }
        return with(place, OWN.piece(place, json));
    }

    public Message withText(Place place, String text) {
        return with(place, Json.quote(text));
    }

    public Message withId(Id id) {
        return with(Place.ID, Piece.scalar(id.json()));
    }

    public Message without(Place place) {
        return piece.has(place) ? of(piece.without(place)) : this;
    }

    /// The same message with other texts at these paths; every other byte stays as it is.
    ///
    /// @param replace gets the path and the text that stands there
    public Message with(Texts texts, BinaryOperator<String> replace) {
        var bytes = texts.replaced(piece.json(), replace);
        return Arrays.equals(bytes, piece.json()) ? this : kept(bytes);
    }

    /// The texts that stand at these paths, the last one where a path leads to several.
    public Map<String, String> texts(Texts texts) {
        var found = new HashMap<String, String>();
        texts.replaced(piece.json(), (path, text) -> {
            found.put(path, text);
            return text;
        });
        return found;
    }

    /// The whole message, with no line end in it.
    public ByteString bytes() {
        return ByteString.fromArrayUnsafe(piece.json());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message && Arrays.equals(piece.json(), message.piece.json());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(piece.json());
    }

    /// Without its content, so fit for a log.
    @Override
    public String toString() {
        return kind + (method.isEmpty() ? "" : " " + method) + " of " + piece.json().length + " bytes";
    }

    private Message with(Place place, Piece value) {
        var edited = piece.with(place, value);
        return edited == piece ? this : of(edited);
    }

    private static Message error(String id, int code, String text, String data) {
        return own("\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":" + Json.quote(text) + data + "}");
    }

    private static Message own(String members) {
        return of(OWN.piece(Place.ROOT, "{\"jsonrpc\":\"2.0\"," + members + "}"));
    }

    private static Message kept(byte[] document) {
        return message(OWN.kept(document));
    }

    private static Message of(Piece piece) {
        return message(Shape.judge(piece, Shape.Sender.UPSTREAM));
    }

    private static Message message(Reading reading) {
        return switch (reading) {
            case Read(Message message) -> message;
            case Malformed malformed -> throw new IllegalArgumentException("no message: " + malformed.text());
        };
    }
}
