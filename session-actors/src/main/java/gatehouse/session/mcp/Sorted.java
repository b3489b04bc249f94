package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.StringJoiner;
import java.util.TreeMap;

/// JSON with all names in order, for comparing: clients whose maps have no order write one request in many ways.
final class Sorted {

    private final JsonParser parser;

    private Sorted(JsonParser parser) {
        this.parser = parser;
    }

    /// @param json what the strict reader has let through, which bounds its depth
    static String json(byte[] json) {
        try (var parser = Json.READ_BEFORE.createParser(json)) {
            parser.nextToken();
            return new Sorted(parser).value();
        } catch (IOException impossible) {
            throw new IllegalStateException("JSON that was read once cannot be read again", impossible);
        }
    }

    private String value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> Json.quote(parser.getText());
            default -> parser.getText();
        };
    }

    private String object() throws IOException {
        var members = new TreeMap<String, String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            members.put(name, value());
        }
        var object = new StringJoiner(",", "{", "}");
        members.forEach((name, value) -> object.add(Json.quote(name) + ":" + value));
        return object.toString();
    }

    private String array() throws IOException {
        var array = new StringJoiner(",", "[", "]");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array.toString();
    }
}
