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
import java.util.function.UnaryOperator;
import org.apache.pekko.util.ByteString;

/// The members of a JSON object and the elements of an array, each as it stands there: for what no [Place] names.
///
/// It reads only what the strict reader has let through, which bounds it.
public final class Members {

    private Members() {}

    /// The members of an object by name, in their order; none where it is no object.
    public static SequencedMap<String, String> of(String json) {
        var members = new LinkedHashMap<String, String>();
        try (var parser = Json.READ_BEFORE.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser, json));
                }
            }
        } catch (IOException impossible) {
            throw readBefore(impossible);
        }
        return members;
    }

    /// The elements of an array; none where it is no array.
    public static List<String> elements(String json) {
        var elements = new ArrayList<String>();
        try (var parser = Json.READ_BEFORE.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser, json));
                }
            }
        } catch (IOException impossible) {
            throw readBefore(impossible);
        }
        return elements;
    }

    /// The members of what stands at a place.
    public static SequencedMap<String, String> of(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).map(Members::of).orElseGet(LinkedHashMap::new);
    }

    /// What a JSON string means; nothing where it is no string.
    public static Optional<String> text(String json) {
        if (!json.startsWith("\"")) {
            return Optional.empty();
        }
        try (var parser = Json.READ_BEFORE.createParser(json)) {
            parser.nextToken();
            return Optional.of(parser.getText());
        } catch (IOException impossible) {
            throw readBefore(impossible);
        }
    }

    /// What a member that is a string means; nothing where there is none.
    public static Optional<String> text(Map<String, String> members, String name) {
        return Optional.ofNullable(members.get(name)).flatMap(Members::text);
    }

    /// A member that is an object, or an empty object.
    public static String object(Map<String, String> members, String name) {
        var json = members.getOrDefault(name, "{}");
        return json.startsWith("{") ? json : "{}";
    }

    public static String json(Map<String, String> members) {
        var object = new StringBuilder("{");
        members.forEach((name, value) -> object.append(object.length() == 1 ? "" : ",")
                .append(Json.quote(name))
                .append(':')
                .append(value));
        return object.append('}').toString();
    }

    public static String json(List<String> elements) {
        return "[" + String.join(",", elements) + "]";
    }

    /// The object with one member made anew, where it has that member.
    public static void replace(Map<String, String> members, String name, UnaryOperator<String> anew) {
        members.computeIfPresent(name, (same, value) -> anew.apply(value));
    }

    private static String value(JsonParser parser, String json) throws IOException {
        var start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return json.substring(start, (int) parser.currentLocation().getCharOffset());
    }

    private static IllegalStateException readBefore(IOException impossible) {
        return new IllegalStateException("JSON that was read once cannot be read again", impossible);
    }
}
