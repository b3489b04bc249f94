package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Writes anew what was read, so that no byte goes on that was not understood: one spelling, no blanks, no line ends.
final class Copied implements Track {

    private final Page page = new Page();
    private final JsonGenerator generator;

    Copied(JsonFactory factory) throws IOException {
        generator = factory.createGenerator(page);
    }

    @Override
    public int name(JsonParser parser, boolean first) throws IOException {
        int comma = first ? 0 : 1;
        int at = here();
        generator.writeFieldName(parser.currentName());
        return at + comma;
    }

    @Override
    public int start(JsonParser parser) {
        return here() + 1; // the colon is written together with the value
    }

    @Override
    public void take(JsonParser parser, JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT -> generator.writeStartObject();
            case END_OBJECT -> generator.writeEndObject();
            case START_ARRAY -> generator.writeStartArray();
            case END_ARRAY -> generator.writeEndArray();
            case VALUE_STRING ->
                generator.writeString(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            // by its characters: a value would lose digits or expand an exponent
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                generator.writeNumber(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case VALUE_TRUE -> generator.writeBoolean(true);
            case VALUE_FALSE -> generator.writeBoolean(false);
            case VALUE_NULL -> generator.writeNull();
            case FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException("token " + token);
        }
    }

    @Override
    public int end(JsonParser parser) {
        return here();
    }

    @Override
    public byte[] bytes() throws IOException {
        generator.flush();
        return page.bytes();
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }

    private int here() {
        return page.length + generator.getOutputBuffered();
    }

    /// What the generator has handed over; it does so a whole buffer at a time, so a small document is copied once.
    private static final class Page extends OutputStream {

        private byte[] written = {};
        private int length;

        @Override
        public void write(byte[] bytes, int offset, int count) {
            if (length + count > written.length) {
                written = Arrays.copyOf(written, length == 0 ? count : Math.max(2 * written.length, length + count));
            }
            System.arraycopy(bytes, offset, written, length, count);
            length += count;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        byte[] bytes() {
            return written.length == length ? written : Arrays.copyOf(written, length);
        }
    }
}
