package gatehouse.session.upstream;

import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/// Bytes put together from pieces, in memory that is proportional to them however small the pieces were.
///
/// A chain of byte strings costs some hundred bytes a link, which an upstream that sends single bytes makes the most
/// of.
/// A piece that comes alone is not copied.
final class Pile {

    private static final int SMALLEST = 256;
    private static final byte[] NONE = {};

    private ByteString single = ByteString.emptyByteString(); // the first piece, until there is a second
    private byte[] bytes = NONE;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(ByteString piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (size == 0) {
            single = piece;
        } else {
            spread();
            append(piece);
        }
        size += piece.size();
    }

    /// All of them; the pile is empty afterwards.
    ByteString take() {
        var taken = single.isEmpty() ? ByteString.fromArrayUnsafe(bytes, 0, size) : single;
        clear();
        return taken;
    }

    void clear() {
        single = ByteString.emptyByteString();
        bytes = NONE;
        size = 0;
    }

    private void spread() {
        if (!single.isEmpty()) {
            size = 0;
            append(single);
            size = single.size();
            single = ByteString.emptyByteString();
        }
    }

    private void append(ByteString piece) {
        var needed = size + piece.size();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(SMALLEST, Math.max(needed, bytes.length + (bytes.length >> 1))));
        }
        var _ = piece.copyToArray(bytes, size);
    }
}
