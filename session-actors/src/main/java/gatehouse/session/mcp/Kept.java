package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/// Leaves what was read as it came, but for line ends between tokens, which become blanks.
final class Kept implements Track {

    private final byte[] document;

    Kept(byte[] document) {
        this.document = document;
    }

    @Override
    public int name(JsonParser parser, boolean first) {
        return start(parser);
    }

    @Override
    public int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    @Override
    public void take(JsonParser parser, JsonToken token) {}

    @Override
    public int end(JsonParser parser) {
        return (int) parser.currentLocation().getByteOffset();
    }

    /// Within strings JSON allows no raw line end, so in a document that was read all of them stand between tokens.
    @Override
    public byte[] bytes() {
        for (int i = 0; i < document.length; i++) {
            if (isLineEnd(document[i])) {
                return blanked(i);
            }
        }
        return document;
    }

    private byte[] blanked(int first) {
        var line = document.clone();
        for (int i = first; i < line.length; i++) {
            line[i] = isLineEnd(line[i]) ? (byte) ' ' : line[i];
        }
        return line;
    }

    private static boolean isLineEnd(byte octet) {
        return octet == '\n' || octet == '\r';
    }

    @Override
    public void close() {}
}
