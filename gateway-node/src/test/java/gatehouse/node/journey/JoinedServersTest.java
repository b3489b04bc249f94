package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that others wrote, of either era, behind one route: what a client of either era finds there.
@Tag("harness")
class JoinedServersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// As much as the gateway declares at servers with sessions, some of which show more to those who declare more.
    private static final String ABLE = "{\"sampling\":{},\"roots\":{},\"elicitation\":{\"form\":{},\"url\":{}}}";

    private static final String ENVELOPE = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":" + ABLE + "}";

    @TempDir
    private Path directory;

    private final LinkedHashMap<String, Harness.Upstream> servers = new LinkedHashMap<>();

    @BeforeEach
    void start() {
        var harness = Harness.required();
        for (var name : List.of("everything", "reference", "modern")) {
            servers.put(name, harness.upstream(name));
        }
    }

    @AfterEach
    void stop() {
        servers.values().forEach(Harness.Upstream::close);
    }

    private LocalNode node() {
        var urls = new LinkedHashMap<String, URI>();
        servers.forEach((alias, server) -> urls.put(alias, server.url()));
        return LocalNode.joining(urls, "auto", directory);
    }

    /// A client of some era.
    private interface Asker {
        /// @param name of what is asked for, empty if nothing is named
        /// @param members of the params, each with a comma behind it
        JsonNode ask(String method, String name, String members);
    }

    private static Asker older(URI url) {
        var client = new McpClient(url).open("2025-11-25", ABLE);
        return (method, name, members) -> result(client.post(json(method, members + "\"_meta\":{}")));
    }

    private static Asker modern(URI url) {
        var client = new McpClient(url, "MCP-Protocol-Version", "2026-07-28");
        return (method, name, members) -> {
            var headers = new ArrayList<>(List.of("Mcp-Method", method));
            if (!name.isEmpty()) {
                headers.addAll(List.of("Mcp-Name", name));
            }
            return result(client.post(json(method, members + ENVELOPE), headers.toArray(String[]::new)));
        };
    }

    private static String json(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"" + method + "\",\"params\":{" + params + "}}";
    }

    /// Alone or as the last event of a stream.
    private static JsonNode result(HttpResponse<String> response) {
        var body = response.body().startsWith("{")
                ? response.body()
                : response.body()
                        .lines()
                        .filter(line -> line.startsWith("data:") && line.contains("\"id\":\"q\""))
                        .map(line -> line.substring(5))
                        .reduce("{}", (before, last) -> last);
        try {
            var answer = JSON.readTree(body);
            assertThat(answer.has("result")).as(body).isTrue();
            return answer.path("result");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(body, e);
        }
    }

    /// Every item, from page to page.
    private static List<JsonNode> all(Asker asker, String method, String array) {
        var items = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = asker.ask(method, "", cursor.isEmpty() ? "" : "\"cursor\":\"" + cursor + "\",");
            page.path(array).forEach(items::add);
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty());
        return items;
    }

    private static List<String> names(List<JsonNode> items) {
        return items.stream().map(item -> item.path("name").asText()).toList();
    }

    /// What the servers list themselves, past the gateway, under the names that the route gives it.
    private Set<String> offered(String method, String array) {
        var offered = new TreeSet<String>();
        servers.forEach((alias, server) -> {
            var asker = alias.equals("modern") ? modern(server.url()) : older(server.url());
            names(all(asker, method, array)).forEach(name -> offered.add(alias + "__" + name));
        });
        return offered;
    }

    private void findsEverything(Asker client) {
        assertThat(names(all(client, "tools/list", "tools")))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(40)
                .hasSameElementsAs(offered("tools/list", "tools"));
        assertThat(names(all(client, "prompts/list", "prompts")))
                .contains("modern__greet", "reference__greet")
                .hasSameElementsAs(offered("prompts/list", "prompts"));
        callsAndReads(client);
    }

    private static void callsAndReads(Asker client) {
        for (var tool : List.of("everything__echo", "reference__echo", "modern__echo")) {
            var called = client.ask("tools/call", tool, called(tool, "{\"message\":\"ahoy " + tool + "\"}"));
            assertThat(called.at("/content/0/text").asText()).isEqualTo("Echo: ahoy " + tool);
        }
        for (var prompt : List.of("reference__greet", "modern__greet")) {
            var got = client.ask("prompts/get", prompt, called(prompt, "{\"name\":\"Ada\"}"));
            assertThat(got.at("/messages/0/content/text").asText()).isEqualTo("Hello Ada");
        }
        var boards = all(client, "resources/list", "resources").stream()
                .map(resource -> resource.path("uri").asText())
                .filter(uri -> uri.endsWith("board://main"))
                .toList();
        assertThat(boards).as("two members have it").hasSize(2).doesNotHaveDuplicates();
        for (var uri : boards) {
            var contents = client.ask("resources/read", uri, "\"uri\":\"" + uri + "\",")
                    .at("/contents/0");
            assertThat(contents.path("uri").asText()).isEqualTo(uri);
            assertThat(contents.path("text").asText()).startsWith("board v");
        }
    }

    private static String called(String name, String arguments) {
        return "\"name\":\"" + name + "\",\"arguments\":" + arguments + ",";
    }

    @Test
    void a_client_with_a_session_finds_calls_reads_and_prompts_at_all_of_them() {
        try (var node = node()) {
            findsEverything(older(node.route("joined")));
        }
    }

    @Test
    void a_client_without_finds_calls_reads_and_prompts_at_all_of_them() {
        try (var node = node()) {
            findsEverything(modern(node.route("joined")));
        }
    }
}
