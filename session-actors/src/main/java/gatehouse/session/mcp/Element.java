package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/// One object of an array, as its bytes came, and the text it is known by.
public record Element(String key, ByteString json) {

    /// Those of an array within an object. What is no object, or has no such text, is left out.
    ///
    /// @param object what the strict reader has let through
    /// @param array the name of the array
    /// @param key the name of the text that an element is known by
    public static List<Element> in(ByteString object, String array, String key) {
        var json = object.toArrayUnsafe();
        try (var parser = Json.READ_BEFORE.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var found = parser.currentName().equals(array);
                if (parser.nextToken() == JsonToken.START_ARRAY && found) {
                    return elements(parser, json, key);
                }
                parser.skipChildren();
            }
            return List.of();
        } catch (IOException impossible) {
            throw new IllegalStateException("JSON that was read once cannot be read again", impossible);
        }
    }

    private static List<Element> elements(JsonParser parser, byte[] json, String key) throws IOException {
        var elements = new ArrayList<Element>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                var named = key(parser, key);
                int to = (int) parser.currentLocation().getByteOffset();
                named.ifPresent(
                        name -> elements.add(new Element(name, ByteString.fromArrayUnsafe(json, from, to - from))));
            } else {
                parser.skipChildren();
            }
        }
        return elements;
    }

    /// Reads the object to its end.
    private static Optional<String> key(JsonParser parser, String key) throws IOException {
        var found = Optional.<String>empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var here = parser.currentName().equals(key);
            if (parser.nextToken() == JsonToken.VALUE_STRING && here) {
                found = Optional.of(parser.getText());
            }
            parser.skipChildren();
        }
        return found;
    }
}
