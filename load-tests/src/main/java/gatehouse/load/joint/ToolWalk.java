package gatehouse.load.joint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.load.endure.Stage;
import gatehouse.load.process.Watched;
import gatehouse.load.wire.Line;
import gatehouse.load.wire.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;

/// Walks a list of tools page by page, to its end, and looks at what the node holds before and after.
public record ToolWalk(Script script, Watched process) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_PAGES = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What one walk came to.
    ///
    /// @param live bytes of live heap of the node that were added by it
    public record Walked(String name, int tools, int pages, long bytes, double millis, long live) {}

    public Walked go(String name) throws IOException {
        var before = Stage.of(name, process);
        var names = new HashSet<String>();
        var cursor = "";
        var pages = 0;
        var bytes = 0L;
        var began = System.nanoTime();
        try (var line = Line.open(script.target().address(), PATIENCE)) {
            do {
                var reply = line.send(script.tools("", Integer.toString(++pages), cursor));
                bytes += reply.text().length();
                var result = result(reply.status(), reply.text());
                result.get("tools").forEach(tool -> names.add(tool.get("name").asText()));
                cursor = result.path("nextCursor").asText("");
            } while (!cursor.isEmpty() && pages < MOST_PAGES);
        }
        var millis = (System.nanoTime() - began) / 1e6;
        var walked = new Walked(
                name,
                names.size(),
                pages,
                bytes,
                millis,
                Stage.of(name, process).live() - before.live());
        System.out.println(walked);
        return walked;
    }

    private static JsonNode result(int status, String text) throws IOException {
        var result = JSON.readTree(text).path("result");
        if (status != 200 || !result.path("tools").isArray()) {
            throw new IOException(
                    "tools/list was answered with " + status + ": " + text.substring(0, Math.min(200, text.length())));
        }
        if (result.path("_meta").has("gatehouse/partial")) {
            throw new IOException("the list is partial; are all upstreams up?");
        }
        return result;
    }
}
