package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.apache.pekko.util.ByteString;

/// Texts to and from the form they have in JSON.
public final class Json {

    /// Without bounds, for what the strict reader has let through.
    static final JsonFactory READ_BEFORE = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private Json() {}

    /// The text between quotation marks, with everything escaped that must be.
    public static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 16).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    /// The members of an object, each as its bytes came; none if it is no object.
    ///
    /// @param object what the strict reader has let through
    public static SequencedMap<String, ByteString> members(ByteString object) {
        var json = object.toArrayUnsafe();
        var members = new LinkedHashMap<String, ByteString>();
        try (var parser = READ_BEFORE.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    parser.finishToken();
                    parser.skipChildren();
                    int to = (int) parser.currentLocation().getByteOffset();
                    members.put(name, ByteString.fromArrayUnsafe(json, from, to - from));
                }
            }
            return members;
        } catch (IOException impossible) {
            throw new IllegalStateException("JSON that was read once cannot be read again", impossible);
        }
    }

    /// The text that a JSON string means; it was checked before.
    static String text(byte[] json, int offset, int length) throws IOException {
        try (var parser = READ_BEFORE.createParser(json, offset, length)) {
            parser.nextToken();
            return parser.getText();
        }
    }
}
