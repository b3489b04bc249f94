package gatehouse.session.mcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/// JSON on one line together with the places found in it; edits make another piece.
final class Piece {

    private final byte[] json;
    private final Spans spans;

    /// Both are taken over, not copied: nobody may change them from here on.
    Piece(byte[] json, Spans spans) {
        this.json = json;
        this.spans = spans;
    }

    /// A value without members, from whoever knows that it is JSON.
    static Piece scalar(String json) {
        return new Piece(json.getBytes(StandardCharsets.UTF_8), Spans.none());
    }

    byte[] json() {
        return json;
    }

    boolean has(Place place) {
        return place == Place.ROOT || spans.has(place);
    }

    /// The first character of the value, which tells its kind; 0 if there is none.
    char first(Place place) {
        return has(place) ? (char) json[spans.start(place)] : 0;
    }

    boolean isObject(Place place) {
        return place == Place.ROOT || first(place) == '{';
    }

    Optional<ByteString> raw(Place place) {
        return has(place)
                ? Optional.of(ByteString.fromArrayUnsafe(json, start(place), length(place)))
                : Optional.empty();
    }

    Optional<String> text(Place place) {
        return first(place) == '"' ? Optional.of(decoded(start(place), end(place))) : Optional.empty();
    }

    /// The JSON there as characters.
    String source(Place place) {
        return new String(json, start(place), length(place), StandardCharsets.UTF_8);
    }

    int length(Place place) {
        return end(place) - start(place);
    }

    /// This one where that very value stands there already.
    Piece with(Place place, Piece value) {
        if (has(place) && Arrays.equals(json, start(place), end(place), value.json, 0, value.json.length)) {
            return this;
        }
        if (has(place)) {
            return put(place, spans.name(place), "", value);
        }
        var parent = place.parent();
        if (!isObject(parent)) {
            return with(parent, new Piece(new byte[] {'{', '}'}, Spans.none())).with(place, value);
        }
        int close = end(parent) - 1;
        boolean empty = json[blanksAfter(start(parent) + 1)] == '}';
        var name = (empty ? "" : ",") + Json.quote(place.field()) + ":";
        return put(place, close + (empty ? 0 : 1), name, value);
    }

    Piece without(Place place) {
        if (!has(place)) {
            return this;
        }
        int from = spans.name(place);
        int to = blanksAfter(end(place));
        if (json[to] == ',') {
            to++;
        } else {
            int before = from - 1;
            while (json[before] == ' ' || json[before] == '\t') {
                before--;
            }
            from = json[before] == ',' ? before : from;
        }
        return new Piece(spliced(from, to, new byte[0]), spans.spliced(from, to, 0));
    }

    /// Puts a value where there is one or, led by its name, before the end of the parent.
    private Piece put(Place place, int name, String lead, Piece value) {
        int from = lead.isEmpty() ? start(place) : end(place.parent()) - 1;
        int to = lead.isEmpty() ? end(place) : from;
        var bytes = lead.isEmpty() ? value.json : join(lead.getBytes(StandardCharsets.UTF_8), value.json);
        int start = from + bytes.length - value.json.length;
        var after = spans.spliced(from, to, bytes.length).with(value.spans, start);
        after.set(place, name, start, start + value.json.length);
        return new Piece(spliced(from, to, bytes), after);
    }

    private byte[] spliced(int from, int to, byte[] between) {
        var after = new byte[json.length - (to - from) + between.length];
        System.arraycopy(json, 0, after, 0, from);
        System.arraycopy(between, 0, after, from, between.length);
        System.arraycopy(json, to, after, from + between.length, json.length - to);
        return after;
    }

    private static byte[] join(byte[] lead, byte[] value) {
        var both = Arrays.copyOf(lead, lead.length + value.length);
        System.arraycopy(value, 0, both, lead.length, value.length);
        return both;
    }

    private int start(Place place) {
        return place == Place.ROOT ? blanksAfter(0) : spans.start(place);
    }

    private int end(Place place) {
        if (place != Place.ROOT) {
            return spans.end(place);
        }
        int end = json.length;
        while (json[end - 1] != '}') {
            end--;
        }
        return end;
    }

    private int blanksAfter(int i) {
        int at = i;
        while (json[at] == ' ' || json[at] == '\t') {
            at++;
        }
        return at;
    }

    private String decoded(int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return unescaped(from, to);
            }
        }
        return new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }

    private String unescaped(int from, int to) {
        try {
            return Json.text(json, from, to - from);
        } catch (IOException impossible) {
            throw new IllegalStateException("a text that was read once cannot be read again", impossible);
        }
    }
}
