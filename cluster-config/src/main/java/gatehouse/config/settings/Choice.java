package gatehouse.config.settings;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How an operator writes one of a fixed set of words.
public final class Choice {

    private Choice() {}

    /// Throws `IllegalArgumentException` if there is no such word.
    public static <E extends Enum<E>> E pick(Class<E> kind, String word) {
        if (!word.equals(word.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(word);
        }
        return Enum.valueOf(kind, word.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /// All words of the set: `public, private or loopback`.
    public static <E extends Enum<E>> String of(Class<E> kind) {
        var words = Stream.of(kind.getEnumConstants()).map(Choice::word).collect(Collectors.joining(", "));
        var last = words.lastIndexOf(", ");
        return last < 0 ? words : words.substring(0, last) + " or " + words.substring(last + 2);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
