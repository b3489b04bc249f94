package gatehouse.load.echo;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The words FastEcho listens for, as bytes.
final class Words {

    static final byte[] ID = word("id");
    static final byte[] METHOD = word("method");
    static final byte[] PARAMS = word("params");
    static final byte[] NAME = word("name");
    static final byte[] ARGUMENTS = word("arguments");
    static final byte[] TEXT = word("text");
    static final byte[] MILLIS = word("ms");
    static final byte[] META = word("_meta");
    static final byte[] PROGRESS_TOKEN = word("progressToken");

    static final byte[] CALL = word("\"tools/call\"");
    static final byte[] LIST = word("\"tools/list\"");
    static final byte[] INITIALIZE = word("\"initialize\"");
    static final byte[] DISCOVER = word("\"server/discover\"");
    static final byte[] PING = word("\"ping\"");

    static final byte[] ECHO = word("\"echo\"");
    static final byte[] SLOW = word("\"slow\"");
    static final byte[] SSE = word("\"sse\"");

    private Words() {}

    static byte[] word(String text) {
        return text.getBytes(UTF_8);
    }
}
