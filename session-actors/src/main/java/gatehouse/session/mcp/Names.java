package gatehouse.session.mcp;

import java.text.Normalizer;
import java.util.Locale;

/// How far two names may differ and still be taken for the same by a lenient reader.
///
/// Readers exist that ignore case (Go's), normalise, or drop what cannot be seen. If the gateway judged `name` and such
/// an upstream obeyed `Name`, the judgement would be worth nothing (GHSA-4gph-2hhr-5mwg).
public final class Names {

    private Names() {}

    /// Whether only visible ASCII occurs, so that a name of another length cannot be mistaken for this one.
    static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    /// The same text for all names that may be mistaken for each other.
    public static String fold(String name) {
        if (isPlain(name)) {
            return name.toLowerCase(Locale.ROOT);
        }
        var seen = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(Names::isVisible)
                // both ways, letter by letter: ı and İ are no i to a lower-casing of whole texts
                .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
                .forEach(seen::appendCodePoint);
        return Normalizer.normalize(seen, Normalizer.Form.NFKC);
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> !isBlankLetter(codePoint);
        };
    }

    /// Default-ignorable code points whose category says letter or mark.
    private static boolean isBlankLetter(int codePoint) {
        return codePoint == 0x034F
                || codePoint == 0x115F
                || codePoint == 0x1160
                || codePoint == 0x17B4
                || codePoint == 0x17B5
                || (codePoint >= 0x180B && codePoint <= 0x180F)
                || codePoint == 0x2800
                || codePoint == 0x3164
                || codePoint == 0xFFA0
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
    }
}
