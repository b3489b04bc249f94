package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.StringJoiner;
import org.apache.pekko.util.ByteString;

/// What lies deeper in a message than its [Place]s, taken apart one level at a time; each part keeps its bytes.
///
/// It takes what a message holds, which the strict reader has let through: that bounds its size and depth.
public final class Nested {

    private Nested() {}

    /// The members of an object in their order; none of anything else.
    public static SequencedMap<String, ByteString> members(ByteString json) {
        var members = new LinkedHashMap<String, ByteString>();
        var bytes = json.toArrayUnsafe();
        try (var parser = Json.READ_BEFORE.createParser(bytes)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(bytes, parser));
                }
            }
        } catch (IOException impossible) {
            throw unreadable(impossible);
        }
        return members;
    }

    /// The elements of an array; none of anything else.
    public static List<ByteString> elements(ByteString json) {
        var elements = new ArrayList<ByteString>();
        var bytes = json.toArrayUnsafe();
        try (var parser = Json.READ_BEFORE.createParser(bytes)) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(bytes, parser));
                }
            }
        } catch (IOException impossible) {
            throw unreadable(impossible);
        }
        return elements;
    }

    /// What a JSON string means; nothing if it is none.
    public static Optional<String> text(ByteString json) {
        if (json.isEmpty() || json.head() != '"') {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.text(json.toArrayUnsafe(), 0, json.size()));
        } catch (IOException impossible) {
            throw unreadable(impossible);
        }
    }

    public static boolean isObject(ByteString json) {
        return !json.isEmpty() && json.head() == '{';
    }

    /// The object that has these members.
    public static String object(Map<String, ByteString> members) {
        var object = new StringJoiner(",", "{", "}");
        members.forEach((name, value) -> object.add(Json.quote(name) + ":" + value.utf8String()));
        return object.toString();
    }

    /// The array that has these elements.
    public static String array(List<ByteString> elements) {
        var array = new StringJoiner(",", "[", "]");
        elements.forEach(element -> array.add(element.utf8String()));
        return array.toString();
    }

    private static ByteString value(byte[] bytes, JsonParser parser) throws IOException {
        var from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken(); // texts are read no further than asked for
        var to = (int) parser.currentLocation().getByteOffset();
        return ByteString.fromArrayUnsafe(bytes, from, to - from);
    }

    private static IllegalStateException unreadable(IOException cause) {
        return new IllegalStateException("JSON that was read once cannot be read again", cause);
    }
}
