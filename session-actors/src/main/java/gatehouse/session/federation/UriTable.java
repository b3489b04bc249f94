package gatehouse.session.federation;

import gatehouse.config.catalogue.Alias;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Whose a URI is on a joined route, and how a member's URI is shown there.
///
/// A URI that is one member's beyond doubt stays as it is: one member lists it, and no other's template could make it;
/// or
/// nobody lists it, and one member's template makes it. Any other is wrapped, `gatehouse+alias:` before it, and so
/// finds
/// its way back whatever the lists say. Clients may fetch `https:` themselves, so that is never wrapped; and `ui:`
/// stays
/// `ui:`, with the alias where the host stands.
final class UriTable {

    /// What a member lists.
    record Listed(List<String> uris, List<String> templates) {
        Listed {
            uris = List.copyOf(uris);
            templates = List.copyOf(templates);
        }
    }

    /// A member's URI, in its own words.
    record Owned(Alias alias, String uri) {}

    private record Made(Alias alias, UriTemplate template, boolean plain) {}

    private static final String WRAP = "gatehouse+";
    private static final String UI = "ui://";

    private final List<Alias> aliases;
    private final Map<String, List<Alias>> owners = new HashMap<>();
    private final Map<String, Made> plainTemplates = new LinkedHashMap<>();
    private final List<Made> templates = new ArrayList<>();

    private UriTable(List<Alias> aliases) {
        this.aliases = aliases;
    }

    /// Where no list is known: every URI that may be wrapped is.
    static UriTable unknown(List<Alias> aliases) {
        return new UriTable(List.copyOf(aliases));
    }

    static UriTable of(SequencedMap<Alias, Listed> members) {
        var table = new UriTable(List.copyOf(members.sequencedKeySet()));
        members.forEach((alias, listed) -> listed.uris().stream()
                .distinct()
                .forEach(uri -> table.owners
                        .computeIfAbsent(uri, _ -> new ArrayList<>(1))
                        .add(alias)));
        table.addTemplates(members);
        return table;
    }

    private void addTemplates(SequencedMap<Alias, Listed> members) {
        var all = new ArrayList<Made>();
        members.forEach((alias, listed) -> listed.templates().stream()
                .distinct()
                .forEach(text -> all.add(new Made(alias, UriTemplate.of(text), true))));
        for (var made : all) {
            var text = made.template().text();
            var meets = !isWeb(text)
                    && all.stream()
                            .anyMatch(other -> !other.alias().equals(made.alias())
                                    && other.template().mayMeet(made.template()));
            var plain = !meets && !isUi(text) && !isWrapped(text);
            templates.add(new Made(made.alias(), made.template(), plain));
            if (plain) {
                plainTemplates.putIfAbsent(text, made);
            }
        }
    }

    /// How a member's URI is called here.
    String shown(Alias alias, String uri) {
        if (isUi(uri)) {
            return UI + alias + "/" + uri.substring(UI.length());
        }
        if (isWeb(uri)) {
            return uri;
        }
        return !isWrapped(uri) && plainOwner(uri).filter(alias::equals).isPresent() ? uri : wrap(alias, uri);
    }

    String shownTemplate(Alias alias, String template) {
        if (isUi(template)) {
            return UI + alias + "/" + template.substring(UI.length());
        }
        var plain = Optional.ofNullable(plainTemplates.get(template))
                .filter(made -> made.alias().equals(alias))
                .isPresent();
        return plain || isWeb(template) ? template : wrap(alias, template);
    }

    /// Whose it is, and how its member calls it; empty where that is nobody's, or not certain.
    Optional<Owned> owner(String shown) {
        if (isUi(shown) || isWrapped(shown)) {
            return marked(shown);
        }
        return plainOwner(shown).map(alias -> new Owned(alias, shown));
    }

    Optional<Owned> ownerOfTemplate(String shown) {
        if (isUi(shown) || isWrapped(shown)) {
            return marked(shown);
        }
        return Optional.ofNullable(plainTemplates.get(shown)).map(made -> new Owned(made.alias(), shown));
    }

    private Optional<Alias> plainOwner(String uri) {
        var listed = owners.getOrDefault(uri, List.of());
        if (isWeb(uri) && !listed.isEmpty()) {
            return Optional.of(listed.getFirst());
        }
        if (listed.size() == 1 && !madeByOthers(uri, listed.getFirst())) {
            return Optional.of(listed.getFirst());
        }
        var makers = templates.stream()
                .filter(made -> made.plain() && made.template().matches(uri))
                .map(Made::alias)
                .distinct()
                .toList();
        return makers.size() == 1 || (isWeb(uri) && !makers.isEmpty())
                ? Optional.of(makers.getFirst())
                : Optional.empty();
    }

    private boolean madeByOthers(String uri, Alias owner) {
        return templates.stream()
                .anyMatch(made -> made.plain()
                        && !made.alias().equals(owner)
                        && made.template().matches(uri));
    }

    private Optional<Owned> marked(String shown) {
        for (var alias : aliases) {
            var wrap = wrap(alias, "");
            var ui = UI + alias + "/";
            if (shown.startsWith(wrap)) {
                return Optional.of(new Owned(alias, shown.substring(wrap.length())));
            }
            if (shown.startsWith(ui)) {
                return Optional.of(new Owned(alias, UI + shown.substring(ui.length())));
            }
        }
        return Optional.empty();
    }

    private static String wrap(Alias alias, String uri) {
        return WRAP + alias + ":" + uri;
    }

    private static boolean isUi(String uri) {
        return uri.startsWith(UI);
    }

    private static boolean isWeb(String uri) {
        var scheme = uri.substring(0, Math.min(uri.length(), 8)).toLowerCase(Locale.ROOT);
        return scheme.startsWith("https://") || scheme.startsWith("http://");
    }

    private static boolean isWrapped(String uri) {
        return uri.regionMatches(true, 0, WRAP, 0, WRAP.length());
    }
}
