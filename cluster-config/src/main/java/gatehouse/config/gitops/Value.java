package gatehouse.config.gitops;

import com.typesafe.config.ConfigException;
import gatehouse.config.settings.Choice;
import gatehouse.config.settings.Range;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// What stands under a key of a document, or that nothing does.
///
/// What is wrong is noted, and answered with something that lets reading go on. A problem repeats no text it found
/// unless that text is an id: somebody may have pasted a secret into the wrong place.
record Value(Optional<Node> node, Place place, String path, Ledger ledger) {

    /// The same value; that there is none becomes a problem.
    Value required() {
        if (node.isEmpty()) {
            complain("is missing");
        }
        return this;
    }

    Optional<Written> written() {
        return scalar("a text", ScalarNode::getValue).map(text -> new Written(text, place, path));
    }

    String text(int longest) {
        var text = written().map(Written::value).orElse("");
        check(text.length() <= longest, "has more than " + longest + " characters");
        return text;
    }

    boolean flag() {
        return scalar("true or false", node -> Boolean.parseBoolean(tagged(node, Tag.BOOL)))
                .orElse(false);
    }

    int integer(Range<Integer> range, int instead) {
        return within(range, instead, scalar("a whole number", node -> Integer.parseInt(tagged(node, Tag.INT))));
    }

    Duration duration(Range<Duration> range, Duration instead) {
        return within(range, instead, parsed("a duration with its unit, such as 250 ms", Units::duration));
    }

    long bytes(Range<Long> range, long instead) {
        return within(range, instead, parsed("a size with its unit, such as 4 MiB", Units::bytes));
    }

    <E extends Enum<E>> E choice(Class<E> kind, E instead) {
        return parsed(Choice.of(kind), word -> Choice.pick(kind, word)).orElse(instead);
    }

    /// What `parse` makes of the text; it may throw what parsers throw.
    <T> Optional<T> parsed(String expected, Function<String, T> parse) {
        return scalar(expected, node -> parse.apply(node.getValue()));
    }

    Optional<Section> section() {
        if (node.isPresent() && node.get() instanceof MappingNode mapping) {
            return Optional.of(new Section(place, path, ledger, mapping));
        }
        check(node.isEmpty(), "is not a mapping of keys to values");
        return Optional.empty();
    }

    /// The items of a list; none where nothing stands.
    List<Value> items() {
        if (node.isPresent() && node.get() instanceof SequenceNode list) {
            return IntStream.range(0, list.getValue().size())
                    .mapToObj(i -> item(list.getValue().get(i), i))
                    .toList();
        }
        check(node.isEmpty(), "is not a list");
        return List.of();
    }

    void check(boolean holds, String problem) {
        if (!holds) {
            complain(problem);
        }
    }

    void complain(String problem) {
        ledger.note(new Problem(place, (path + " " + problem).strip()));
    }

    private Value item(Node item, int number) {
        var where = Yaml.place(place.file(), item.getStartMark());
        return new Value(Optional.of(item), where, path + "[" + number + "]", ledger);
    }

    private <T extends Comparable<T>> T within(Range<T> range, T instead, Optional<T> found) {
        found.ifPresent(value -> check(range.holds(value), "is " + Range.shown(value) + ", not " + range));
        return found.filter(range::holds).orElse(instead);
    }

    private <T> Optional<T> scalar(String expected, Function<ScalarNode, T> read) {
        if (node.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (node.get() instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
                return Optional.of(read.apply(scalar));
            }
            complain("is not " + expected);
        } catch (IllegalArgumentException | DateTimeException | ConfigException unreadable) {
            complain("is not " + expected);
        }
        return Optional.empty();
    }

    private static String tagged(ScalarNode node, Tag tag) {
        if (!node.getTag().equals(tag)) {
            throw new IllegalArgumentException("another type");
        }
        return node.getValue();
    }
}
