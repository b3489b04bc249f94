package gatehouse.session.upstream;

import org.apache.pekko.util.ByteString;

/// Cuts the chunks of a body into smaller ones. The HTTP layer hands a chunk on when it is whole, and many upstreams
/// send
/// all they have to say as one: it would be held there, uncounted, and then come all at once.
///
/// Chunk extensions mean nothing to us and are left out.
final class Chunks {

    /// Content that waits for the end of its chunk; from here on it is handed on all the same.
    private static final int ENOUGH = 16 * 1024;

    private static final ByteString LINE = ByteString.fromString("\r\n");
    private static final ByteString LAST = ByteString.fromString("0\r\n");

    private final Pile content = new Pile();
    private ByteString read = ByteString.emptyByteString();
    private ByteString cut = ByteString.emptyByteString();
    private boolean met;

    /// What is read next.
    Chunks of(ByteString bytes) {
        read = bytes;
        cut = ByteString.emptyByteString();
        met = false;
        return this;
    }

    /// It was read: a connection that is idle keeps nothing of it.
    void letGo() {
        read = ByteString.emptyByteString();
    }

    /// Whether anything of a chunked body was in it; then [#cut] says all there was.
    boolean areMet() {
        return met;
    }

    ByteString cut() {
        var all = cut;
        cut = ByteString.emptyByteString();
        return all;
    }

    /// What says how long a chunk is, or ends it.
    ///
    /// @param last whether no chunk follows
    void frame(int from, boolean last) {
        meet(from);
        if (last) {
            cut = cut.concat(LAST);
        }
    }

    void content(int from, int to, boolean ends) {
        meet(from);
        content.add(read.slice(from, to));
        if (ends || content.size() >= ENOUGH) {
            cut = cut.concat(ByteString.fromString(Integer.toHexString(content.size())))
                    .concat(LINE)
                    .concat(content.take())
                    .concat(LINE);
        }
    }

    void trailer(int from, int to) {
        meet(from);
        cut = cut.concat(read.slice(from, to));
    }

    /// Before the first of a body's chunks is its head.
    private void meet(int from) {
        if (!met) {
            met = true;
            cut = read.take(from);
        }
    }
}
