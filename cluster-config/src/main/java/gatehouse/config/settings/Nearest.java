package gatehouse.config.settings;

import java.util.Collection;
import java.util.Comparator;

/// What somebody who mistyped a word probably meant.
public final class Nearest {

    /// A word further away than this is another word, not a slip.
    private static final int SLIPS = 2;

    /// Words that are compared at most; each comparison is quadratic in the length of the words.
    private static final int MEASURED = 500;

    private Nearest() {}

    /// `; did you mean "echo"?`, or nothing where no word is near.
    public static String hint(String written, Collection<String> known) {
        return known.stream()
                .limit(MEASURED)
                .filter(word -> slips(written, word) <= Math.min(SLIPS, word.length() / 2))
                .min(Comparator.comparingInt((String word) -> slips(written, word))
                        .thenComparing(word -> word))
                .map(word -> "; did you mean \"" + word + "\"?")
                .orElse("");
    }

    /// Letters to add, drop, replace or swap with their neighbour. Long words are not measured: the work is
    /// quadratic.
    private static int slips(String one, String other) {
        if (Math.abs(one.length() - other.length()) > SLIPS || Math.max(one.length(), other.length()) > 64) {
            return Integer.MAX_VALUE;
        }
        var rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(rows, one, other, i, j);
            }
        }
        return rows[one.length()][other.length()];
    }

    private static int cheapest(int[][] rows, String one, String other, int i, int j) {
        var same = one.charAt(i - 1) == other.charAt(j - 1);
        var least = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1);
        least = Math.min(least, rows[i - 1][j - 1] + (same ? 0 : 1));
        var swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
