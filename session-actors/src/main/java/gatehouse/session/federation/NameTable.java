package gatehouse.session.federation;

import gatehouse.config.catalogue.Alias;
import gatehouse.session.mcp.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// How the tools (or prompts) of one member are called on a joined route, and which of them a name there means.
///
/// A name is `alias__name`, in what every model takes: 64 characters of `A-Z a-z 0-9 _ -`. An alias holds no `_`, so
/// names of two members never meet, and a table depends on one member's list alone: it is the same on every node,
/// whichever other members can be reached. Where a name is too long, or could be taken for another one, it ends in a
/// hash of what the upstream calls it; only the plainest of several look-alikes keeps its own.
public record NameTable(Map<String, String> shownOf, Map<String, String> ownOf, List<Problem> problems) {

    static final int LONGEST = 64;
    static final String SEPARATOR = "__";

    private static final int[] HASH_DIGITS = {8, 16, 32};
    private static final Pattern PLAINEST = Pattern.compile("[a-z0-9_-]+");

    /// What stood in a name's way.
    public enum Cause {
        /// Longer than a model takes.
        TOO_LONG,
        /// Another one may be taken for it.
        CONFUSABLE,
        /// No name was left for it, so it is not shown.
        LEFT_OUT
    }

    /// A tool whose name is not simply `alias__name`.
    ///
    /// @param shown how it is called instead; empty if it is left out
    public record Problem(Alias alias, String own, String shown, Cause cause) {}

    public NameTable {
        shownOf = Map.copyOf(shownOf);
        ownOf = Map.copyOf(ownOf);
        problems = List.copyOf(problems);
    }

    public static NameTable of(Alias alias, Collection<String> names) {
        return new Naming(alias, new TreeSet<>(names)).table();
    }

    public Optional<String> shown(String own) {
        return Optional.ofNullable(shownOf.get(own));
    }

    public Optional<String> own(String shown) {
        return Optional.ofNullable(ownOf.get(shown));
    }

    /// Whose name it would be, if anybody's.
    static Optional<Alias> aliasOf(String shown) {
        var end = shown.indexOf(SEPARATOR);
        return end > 0 ? Optional.of(new Alias(shown.substring(0, end))) : Optional.empty();
    }

    /// Makes one table; names are taken in their own order, so the order in which they arrived does not matter.
    private static final class Naming {
        private final Alias alias;
        private final SortedSet<String> names;
        private final String lead;
        private final Map<String, Integer> looks = new HashMap<>();
        private final HashSet<String> taken = new HashSet<>();
        private final Map<String, String> shownOf = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        Naming(Alias alias, SortedSet<String> names) {
            this.alias = alias;
            this.names = names;
            this.lead = alias + SEPARATOR;
        }

        NameTable table() {
            names.forEach(name -> looks(name).both().forEach(look -> looks.merge(look, 1, Integer::sum)));
            names.stream().filter(this::keeps).forEach(name -> take(name, plain(name)));
            names.stream().filter(name -> !keeps(name)).forEach(this::hash);
            var ownOf = new HashMap<String, String>();
            shownOf.forEach((own, shown) -> ownOf.put(shown, own));
            return new NameTable(shownOf, ownOf, problems);
        }

        private boolean keeps(String name) {
            var fits = !name.isEmpty() && plain(name).length() <= LONGEST;
            return fits
                    && (PLAINEST.matcher(name).matches()
                            || looks(name).both().stream().allMatch(look -> looks.getOrDefault(look, 0) == 1));
        }

        private Looks looks(String name) {
            return new Looks(plain(name).toLowerCase(Locale.ROOT), "=" + Names.fold(name));
        }

        private void hash(String name) {
            var cause = plain(name).length() > LONGEST ? Cause.TOO_LONG : Cause.CONFUSABLE;
            var hash = sha256(alias + "\0" + name);
            for (var digits : HASH_DIGITS) {
                var room = LONGEST - digits - 1;
                var plain = plain(name);
                var shown = plain.substring(0, Math.min(plain.length(), room)) + "_" + hash.substring(0, digits);
                if (!taken.contains(shown.toLowerCase(Locale.ROOT))) {
                    take(name, shown);
                    problems.add(new Problem(alias, name, shown, cause));
                    return;
                }
            }
            problems.add(new Problem(alias, name, "", Cause.LEFT_OUT));
        }

        private void take(String name, String shown) {
            taken.add(shown.toLowerCase(Locale.ROOT));
            shownOf.put(name, shown);
        }

        private String plain(String name) {
            var plain = new StringBuilder(lead);
            name.codePoints().forEach(c -> plain.append(isPlain(c) ? (char) c : '_'));
            return plain.toString();
        }

        private static boolean isPlain(int c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        }
    }

    /// What a name looks like: as it would be shown, and as a lenient eye reads it.
    private record Looks(String shown, String read) {
        List<String> both() {
            return List.of(shown, read);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
