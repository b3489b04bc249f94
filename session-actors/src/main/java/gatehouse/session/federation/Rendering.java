package gatehouse.session.federation;

import gatehouse.config.catalogue.Alias;
import gatehouse.session.mcp.Element;
import gatehouse.session.mcp.Texts;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/// Items of a member as they stand in a joined list: their names and URIs in the route's words, everything else as it
/// came.
final class Rendering {

    private static final Map<ListKind, Texts> RENAMED = Map.of(
            ListKind.TOOLS, Texts.at("name", "_meta.ui.resourceUri", "_meta.ui/resourceUri"),
            ListKind.PROMPTS, Texts.at("name"),
            ListKind.RESOURCES, Texts.at("uri"),
            ListKind.TEMPLATES, Texts.at("uriTemplate"));

    private final ListKind kind;
    private final UriTable uris;

    /// @param uris whose URIs are whose; tools only need it for `ui:`, which depends on no list
    Rendering(ListKind kind, UriTable uris) {
        this.kind = kind;
        this.uris = uris;
    }

    /// In the order of their names, so that a member's whims change nothing. Of two with one name the first counts.
    List<ByteString> items(Part part) {
        var seen = new HashSet<String>();
        return part.items().stream()
                .filter(item -> seen.add(item.key()))
                .sorted(Comparator.comparing(Element::key))
                .flatMap(item -> item(part, item).stream())
                .toList();
    }

    private Optional<ByteString> item(Part part, Element item) {
        var alias = part.member().alias();
        var renamed = Objects.requireNonNull(RENAMED.get(kind));
        var shown = shown(part, alias, item.key());
        return shown.map(name -> ByteString.fromArrayUnsafe(renamed.replaced(
                item.json().toArrayUnsafe(),
                (path, text) -> path.equals(kind.key()) ? name : uris.shown(alias, text))));
    }

    private Optional<String> shown(Part part, Alias alias, String own) {
        return switch (kind) {
            case TOOLS, PROMPTS ->
                part.entry().flatMap(entry -> entry.value().names(alias).shown(own));
            case RESOURCES -> Optional.of(uris.shown(alias, own));
            case TEMPLATES -> Optional.of(uris.shownTemplate(alias, own));
        };
    }
}
