package gatehouse.session.mcp;

import gatehouse.session.mcp.Message.Kind;
import gatehouse.session.mcp.Reading.Malformed;
import gatehouse.session.mcp.Reading.Read;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Judges whether a JSON object is a JSON-RPC message as MCP has it.
final class Shape {

    /// Who sent it: an upstream may not know which request an error belongs to.
    enum Sender {
        CLIENT,
        UPSTREAM
    }

    private static final int LONGEST_METHOD = 128;
    private static final int LONGEST_INTEGER = 17; // characters of -(2^53-1)
    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9_/.$-]{1," + LONGEST_METHOD + "}");
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");

    private final Piece piece;
    private final Sender sender;

    private Shape(Piece piece, Sender sender) {
        this.piece = piece;
        this.sender = sender;
    }

    static Reading judge(Piece piece, Sender sender) {
        var shape = new Shape(piece, sender);
        var id = shape.id();
        var ids = id.stream().toList();
        return shape.flaw(id.isPresent())
                .<Reading>map(flaw -> new Malformed(flaw.fault(), flaw.where(), flaw.problem(), ids))
                .orElseGet(() -> new Read(new Message(piece, shape.kind(), ids, shape.method())));
    }

    /// The id to echo, whether or not the rest is in order.
    static List<Id> ids(Piece piece) {
        return new Shape(piece, Sender.CLIENT).id().stream().toList();
    }

    private Optional<Walk.Flaw> flaw(boolean hasId) {
        if (!piece.text(Place.JSONRPC).orElse("").equals("2.0")) {
            return flaw(Place.JSONRPC, "is not \"2.0\"");
        }
        return Optional.<Walk.Flaw>empty()
                .or(this::parts)
                .or(() -> identity(hasId))
                .or(() -> objects(Place.PARAMS, Place.PARAMS_META))
                .or(() -> objects(Place.RESULT, Place.RESULT_META))
                .or(this::error);
    }

    /// Exactly one of method, result and error; params only with a method.
    private Optional<Walk.Flaw> parts() {
        int parts = count(Place.METHOD) + count(Place.RESULT) + count(Place.ERROR);
        if (parts != 1) {
            return flaw(Place.ROOT, "holds " + parts + " of method, result and error, not exactly one");
        }
        if (piece.has(Place.METHOD)) {
            return METHOD.matcher(method()).matches()
                    ? Optional.empty()
                    : flaw(Place.METHOD, "is not 1 to " + LONGEST_METHOD + " characters of A-Z a-z 0-9 _ / . - $");
        }
        return piece.has(Place.PARAMS) ? flaw(Place.PARAMS, "stands in an answer") : Optional.empty();
    }

    private Optional<Walk.Flaw> identity(boolean hasId) {
        if (hasId) {
            return Optional.empty();
        }
        boolean nullId = piece.first(Place.ID) == 'n';
        if (piece.has(Place.ID) && !nullId) {
            return flaw(
                    Place.ID,
                    "is neither a text of at most " + Id.LONGEST + " characters nor an integer within ±(2^53-1)");
        }
        if (piece.has(Place.ERROR) && sender == Sender.UPSTREAM) {
            return Optional.empty();
        }
        if (nullId) {
            return flaw(Place.ID, "is null");
        }
        return piece.has(Place.METHOD) ? Optional.empty() : flaw(Place.ID, "is missing in an answer");
    }

    /// Some peers write an absent `_meta` as null; everything else there is an object.
    private Optional<Walk.Flaw> objects(Place object, Place meta) {
        if (piece.has(object) && !piece.isObject(object)) {
            return flaw(object, "is not an object");
        }
        return piece.has(meta) && !piece.isObject(meta) && piece.first(meta) != 'n'
                ? flaw(meta, "is not an object")
                : Optional.empty();
    }

    private Optional<Walk.Flaw> error() {
        if (!piece.has(Place.ERROR)) {
            return Optional.empty();
        }
        if (!piece.isObject(Place.ERROR)) {
            return flaw(Place.ERROR, "is not an object");
        }
        if (integer(Place.ERROR_CODE).isEmpty()) {
            return flaw(Place.ERROR_CODE, "is not an integer");
        }
        return piece.text(Place.ERROR_MESSAGE).isEmpty()
                ? flaw(Place.ERROR_MESSAGE, "is not a text")
                : Optional.empty();
    }

    private Kind kind() {
        if (piece.has(Place.METHOD)) {
            return piece.has(Place.ID) ? Kind.REQUEST : Kind.NOTIFICATION;
        }
        return piece.has(Place.RESULT) ? Kind.RESULT : Kind.ERROR;
    }

    private String method() {
        return piece.text(Place.METHOD).orElse("");
    }

    private Optional<Id> id() {
        return piece.first(Place.ID) == '"'
                ? piece.text(Place.ID)
                        .filter(text -> text.length() <= Id.LONGEST)
                        .map(Id.Text::new)
                : integer(Place.ID).map(Id.Number::new);
    }

    private Optional<Long> integer(Place place) {
        if (!piece.has(place) || piece.length(place) > LONGEST_INTEGER) {
            return Optional.empty();
        }
        return Optional.of(piece.source(place))
                .filter(text -> INTEGER.matcher(text).matches())
                .map(Long::valueOf)
                .filter(value -> Math.abs(value) <= Id.LARGEST);
    }

    private int count(Place place) {
        return piece.has(place) ? 1 : 0;
    }

    private static Optional<Walk.Flaw> flaw(Place place, String problem) {
        return Optional.of(new Walk.Flaw(Fault.INVALID, place.path(), problem));
    }
}
