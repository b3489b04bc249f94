package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;

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

    /// The text that a JSON string means; it was checked before.
    static String text(byte[] json, int offset, int length) throws IOException {
        try (var parser = READ_BEFORE.createParser(json, offset, length)) {
            parser.nextToken();
            return parser.getText();
        }
    }
}
