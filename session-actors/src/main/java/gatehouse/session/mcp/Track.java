package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// What becomes of the tokens that are read, and where in the outcome each of them stands.
interface Track extends AutoCloseable {

    /// Takes a name; says where it begins.
    int name(JsonParser parser, boolean first) throws IOException;

    /// Where the value begins whose first token was read and is taken next.
    int start(JsonParser parser);

    /// Takes any token that is no name.
    void take(JsonParser parser, JsonToken token) throws IOException;

    /// Where the value ends whose last token was just taken.
    int end(JsonParser parser);

    /// The whole document, once everything is taken.
    byte[] bytes() throws IOException;

    @Override
    void close() throws IOException;
}
