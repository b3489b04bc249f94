package gatehouse.session.federation;

import gatehouse.config.catalogue.Alias;
import gatehouse.session.mcp.Element;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One whole list of one upstream, as the upstream gave it, page after page.
final class Listing implements Lasting {

    /// What an upstream has that does not offer such a list at all.
    static final Duration UNOFFERED = Duration.ofMinutes(5);

    private static final int WEIGHT_OF_ITEM = 64;

    private final List<Element> items;
    private final Duration life;
    private final boolean shared;
    private final boolean offered;
    private final boolean cut;
    private final Map<Alias, NameTable> names = new ConcurrentHashMap<>(); // as many as the catalogue has aliases

    private Listing(List<Element> items, Duration life, boolean shared, boolean offered, boolean cut) {
        this.items = items;
        this.life = life;
        this.shared = shared;
        this.offered = offered;
        this.cut = cut;
    }

    /// @param cut whether there was more than is taken
    static Listing of(List<Element> items, Duration life, boolean shared, boolean cut) {
        return new Listing(List.copyOf(items), life, shared, true, cut);
    }

    static Listing unoffered() {
        return new Listing(List.of(), UNOFFERED, false, false, false);
    }

    List<Element> items() {
        return items;
    }

    /// Whether the upstream has such a list, even an empty one.
    boolean offered() {
        return offered;
    }

    boolean cut() {
        return cut;
    }

    /// How the items are called under this alias.
    NameTable names(Alias alias) {
        return names.computeIfAbsent(
                alias,
                owner -> NameTable.of(owner, items.stream().map(Element::key).toList()));
    }

    @Override
    public Duration life() {
        return life;
    }

    @Override
    public boolean shared() {
        return shared;
    }

    @Override
    public long weight() {
        return items.stream()
                .mapToLong(item -> item.json().size() + 2L * item.key().length() + WEIGHT_OF_ITEM)
                .sum();
    }
}
