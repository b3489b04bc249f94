package gatehouse.session.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// How a text of the body is written in a header: as it is where HTTP can carry it, else in base64 between marks.
final class Mirrored {

    static final String UNREADABLE = "holds characters or an encoding that headers do not have, or is too long";

    private static final String OPEN = "=?base64?";
    private static final String CLOSE = "?=";
    private static final int LONGEST = 8192; // more than servers take in one header line

    private Mirrored() {}

    static String encode(String text) {
        boolean plain = isPlain(text) && strip(text).length() == text.length() && !isMarked(text);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return plain ? text : OPEN + Base64.getEncoder().encodeToString(bytes) + CLOSE;
    }

    /// The text meant by a header, unless it is malformed.
    static Optional<String> decode(String header) {
        return plain(header).flatMap(value -> isMarked(value) ? unmarked(value) : Optional.of(value));
    }

    /// The header without surrounding blanks, unless it is malformed.
    static Optional<String> plain(String header) {
        return header.length() <= LONGEST && isPlain(header) ? Optional.of(strip(header)) : Optional.empty();
    }

    private static Optional<String> unmarked(String value) {
        var base64 = value.substring(OPEN.length(), value.length() - CLOSE.length());
        try {
            var bytes = Base64.getDecoder().decode(base64);
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            // the decoder forgives missing padding and stray bits: only one spelling counts
            return base64.equals(Base64.getEncoder().encodeToString(bytes))
                    ? Optional.of(text.toString())
                    : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isMarked(String value) {
        return value.length() >= OPEN.length() + CLOSE.length() && value.startsWith(OPEN) && value.endsWith(CLOSE);
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\t');
    }

    /// Without the blanks that HTTP does not count as part of a value.
    private static String strip(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
