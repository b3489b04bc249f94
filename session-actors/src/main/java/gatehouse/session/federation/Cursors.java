package gatehouse.session.federation;

import gatehouse.config.catalogue.RouteId;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a client is in a joined list: a page of one version of it. A list that changed meanwhile begins anew.
record Cursors(Stamp stamp, RouteId route, ListKind kind) {

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{16})\\.([0-9]{1,6})\\.([A-Za-z0-9_-]{16})");

    String at(String version, int page) {
        return version + "." + page + "." + mark(version, page);
    }

    /// The page, unless the cursor is not ours, of another list, or of another version.
    Optional<Integer> page(String cursor, String version) {
        var parts = FORM.matcher(cursor);
        if (!parts.matches() || !parts.group(1).equals(version)) {
            return Optional.empty();
        }
        var page = Integer.parseInt(parts.group(2));
        return stamp.holds(parts.group(3), marked(version, page)) ? Optional.of(page) : Optional.empty();
    }

    private String mark(String version, int page) {
        return stamp.of(marked(version, page));
    }

    private String[] marked(String version, int page) {
        return new String[] {"cursor", route.value(), kind.method(), version, Integer.toString(page)};
    }
}
