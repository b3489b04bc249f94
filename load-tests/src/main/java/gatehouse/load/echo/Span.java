package gatehouse.load.echo;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A stretch of bytes, looked at where it lies.
final class Span {

    private final byte[] bytes;
    private final int from;
    private final int to;

    Span(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean isEmpty() {
        return from >= to;
    }

    boolean is(byte[] word) {
        return to - from == word.length && matches(from, word);
    }

    boolean matches(int at, byte[] word) {
        if (at + word.length > to) {
            return false;
        }
        for (var i = 0; i < word.length; i++) {
            if (bytes[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    Span cut(int start, int end) {
        return new Span(bytes, start, end);
    }

    String text() {
        return new String(bytes, from, Math.max(0, to - from), UTF_8);
    }
}
