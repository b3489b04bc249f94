package gatehouse.config.gitops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Plain YAML: mappings, lists and scalars with their lines. Aliases, anchors, tags and deep nesting are refused.
///
/// The events are checked before anything is built of them. The parser keeps its state on the heap, the composer
/// recurses: a file of brackets would overflow its stack, and a few aliases of aliases would fill the heap.
final class Yaml {

    private static final int DEEPEST = 16;
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).build();

    private Yaml() {}

    /// The documents of a file. If there is a problem, it is noted, and none is answered.
    static List<Value> documents(Sources.File file, Ledger ledger) {
        try {
            var refusal = refusal(new Parse(SETTINGS).parseString(file.text()), file.name());
            if (refusal.isEmpty()) {
                return compose(file, ledger);
            }
            ledger.note(refusal.get());
        } catch (MarkedYamlEngineException malformed) {
            var place = place(file.name(), malformed.getProblemMark());
            ledger.note(new Problem(place, "is not YAML: " + malformed.getProblem()));
        } catch (YamlEngineException malformed) {
            ledger.note(new Problem(new Place(file.name(), 0), "is not YAML: " + malformed.getMessage()));
        }
        return List.of();
    }

    private static List<Value> compose(Sources.File file, Ledger ledger) {
        var documents = new ArrayList<Value>();
        for (var node : new Compose(SETTINGS).composeAllFromString(file.text())) {
            documents.add(new Value(Optional.of(node), place(file.name(), node.getStartMark()), "", ledger));
        }
        if (documents.isEmpty()) {
            ledger.note(new Problem(new Place(file.name(), 0), "declares nothing; fill or delete it"));
        }
        return documents;
    }

    static Place place(String file, Optional<Mark> mark) {
        return new Place(file, mark.map(Mark::getLine).orElse(-1) + 1);
    }

    private static Optional<Problem> refusal(Iterable<Event> events, String file) {
        int depth = 0;
        for (var event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            var why = depth > DEEPEST ? "nests deeper than " + DEEPEST + " levels" : refusal(event);
            if (!why.isEmpty()) {
                return Optional.of(new Problem(place(file, event.getStartMark()), why));
            }
        }
        return Optional.empty();
    }

    private static String refusal(Event event) {
        if (event instanceof AliasEvent
                || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
            return "uses an anchor or alias; write the value out";
        }
        var tagged = (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
                || (event instanceof CollectionStartEvent start
                        && start.getTag().isPresent());
        return tagged ? "uses a tag; write the plain value" : "";
    }
}
