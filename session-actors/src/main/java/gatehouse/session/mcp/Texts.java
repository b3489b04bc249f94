package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// Texts at certain paths of a JSON document, to be replaced while every other byte stays as it is.
///
/// A path is a row of names with dots between; `*` stands for every element of an array or member of an object. What
/// no path leads into is skipped unread.
public final class Texts {

    private static final String EVERY = "*";

    private final Node root = new Node("");

    private static final class Node {
        private final String path;
        private final Map<String, Node> children = new HashMap<>();
        private boolean wanted;

        Node(String path) {
            this.path = path;
        }

        Optional<Node> child(String name) {
            return Optional.ofNullable(children.get(name)).or(() -> Optional.ofNullable(children.get(EVERY)));
        }
    }

    /// A text that gives way to another.
    private record Change(int from, int to, String json) {}

    private Texts() {}

    public static Texts at(String... paths) {
        var texts = new Texts();
        for (var path : paths) {
            var node = texts.root;
            for (var name : path.split("\\.", -1)) {
                var longer = node.path.isEmpty() ? name : node.path + "." + name;
                node = node.children.computeIfAbsent(name, _ -> new Node(longer));
            }
            node.wanted = true;
        }
        return texts;
    }

    /// The document with other texts; the same array if none is replaced.
    ///
    /// @param json what the strict reader has let through
    /// @param replace gets the path and the text that stands there
    public byte[] replaced(byte[] json, BinaryOperator<String> replace) {
        var changes = new ArrayList<Change>();
        try (var parser = Json.READ_BEFORE.createParser(json)) {
            parser.nextToken();
            walk(parser, root, replace, changes);
        } catch (IOException impossible) {
            throw new IllegalStateException("JSON that was read once cannot be read again", impossible);
        }
        return changes.isEmpty() ? json : spliced(json, changes);
    }

    private static void walk(JsonParser parser, Node node, BinaryOperator<String> replace, List<Change> changes)
            throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var child = node.child(parser.currentName());
                    parser.nextToken();
                    step(parser, child, replace, changes);
                }
            }
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    step(parser, node.child(EVERY), replace, changes);
                }
            }
            case VALUE_STRING -> change(parser, node, replace).ifPresent(changes::add);
            default -> {}
        }
    }

    private static void step(
            JsonParser parser, Optional<Node> child, BinaryOperator<String> replace, List<Change> changes)
            throws IOException {
        if (child.isPresent()) {
            walk(parser, child.get(), replace, changes);
        } else {
            parser.skipChildren();
        }
    }

    private static Optional<Change> change(JsonParser parser, Node node, BinaryOperator<String> replace)
            throws IOException {
        if (!node.wanted) {
            return Optional.empty();
        }
        var text = parser.getText();
        var other = replace.apply(node.path, text);
        return other.equals(text)
                ? Optional.empty()
                : Optional.of(new Change(
                        (int) parser.currentTokenLocation().getByteOffset(),
                        (int) parser.currentLocation().getByteOffset(),
                        Json.quote(other)));
    }

    private static byte[] spliced(byte[] json, List<Change> changes) {
        var out = new ByteArrayOutputStream(json.length + 64 * changes.size());
        int done = 0;
        for (var change : changes) {
            out.write(json, done, change.from - done);
            out.writeBytes(change.json.getBytes(StandardCharsets.UTF_8));
            done = change.to;
        }
        out.write(json, done, json.length - done);
        return out.toByteArray();
    }
}
