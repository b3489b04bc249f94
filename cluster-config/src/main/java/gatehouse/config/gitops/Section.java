package gatehouse.config.gitops;

import gatehouse.config.settings.Nearest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// A mapping in a document, asked key by key; a key that nobody asked for is a problem of its own.
final class Section {

    /// Keys that start a process elsewhere. Nobody shall believe that they do so here.
    private static final Set<String> SPAWNING = Set.of("command", "args", "env");

    private static final int SHOWN = 40;

    private final Place place;
    private final String path;
    private final Ledger ledger;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<String> asked = new TreeSet<>();

    Section(Place place, String path, Ledger ledger, MappingNode mapping) {
        this.place = place;
        this.path = path;
        this.ledger = ledger;
        for (var entry : mapping.getValue()) {
            var where = Yaml.place(place.file(), entry.getKeyNode().getStartMark());
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                ledger.note(new Problem(where, (path + " has a key that is not a text").strip()));
            } else if (nodes.putIfAbsent(key.getValue(), entry.getValueNode()) != null) {
                ledger.note(new Problem(where, path(shortened(key.getValue())) + " is written twice"));
            }
        }
    }

    /// What stands under a key, which may be nothing.
    Value value(String key) {
        asked.add(key);
        return valueOf(key, key);
    }

    /// Says which keys nobody asked for, so call it last.
    void finish() {
        for (var key : nodes.keySet()) {
            if (SPAWNING.contains(key)) {
                valueOf(key, key)
                        .complain("is refused: the gateway starts no process; run the MCP server and give its url");
            } else if (!asked.contains(key)) {
                valueOf(key, shortened(key)).complain("is unknown" + Nearest.hint(key, asked));
            }
        }
    }

    private Value valueOf(String key, String shown) {
        var node = Optional.ofNullable(nodes.get(key));
        return new Value(node, node.map(this::place).orElse(place), path(shown), ledger);
    }

    private Place place(Node node) {
        return Yaml.place(place.file(), node.getStartMark());
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String shortened(String key) {
        return key.length() <= SHOWN ? key : key.substring(0, SHOWN) + "…";
    }
}
