package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Servers that others wrote, of every transport and era, through a node and by every official SDK: each lists all it
/// lists
/// without a gateway, and does what it is asked to.
@Tag("harness")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealServersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ALL = List.of("lists", "call", "resource", "prompt", "progress", "cancellation");

    /// What each is asked for, as far as it has it.
    static final Map<String, List<String>> STEPS = Map.of(
            "everything", ALL,
            "everything-sse", ALL,
            "kubernetes", List.of("lists", "call", "prompt"),
            "kubernetes-modern", List.of("lists", "call", "prompt"),
            "mcp-k8s-go", List.of("lists", "call", "resource", "prompt"),
            "memory", List.of("lists", "call", "resource"),
            "filesystem", List.of("lists", "call"));

    private final Harness harness = Harness.required();
    private final Path directory;
    private final RealServers servers;
    private final Front front;

    RealServersTest(@TempDir Path directory) {
        this.directory = directory;
        servers = RealServers.start(harness, directory.resolve("servers"), List.copyOf(STEPS.keySet()));
        front = Front.of(servers.urls(), directory.resolve("config"));
    }

    @AfterAll
    void stop() {
        front.close();
        servers.close();
    }

    @Test
    void both_generations_of_the_typescript_sdk_use_them_in_either_era() {
        var routes = new LinkedHashMap<String, URI>();
        STEPS.keySet().forEach(name -> routes.put(name, front.route(name)));
        var direct = Map.of("DIRECT", JSON.valueToTree(servers.urls()).toString());

        var told = new ClientScript(harness, directory, "real.mjs")
                .told(routes, front.headers(), direct, Duration.ofMinutes(4));

        var expected = new ArrayList<String>();
        for (var generation : List.of("sdk1", "sdk2", "modern")) {
            STEPS.forEach((name, steps) -> steps.forEach(step -> expected.add(generation + " " + name + ": " + step)));
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "everything, get-sum, 42",
        "everything-sse, get-sum, 42",
        "kubernetes, namespaces_list, default",
        "kubernetes-modern, namespaces_list, default",
        "mcp-k8s-go, list-k8s-namespaces, default",
        "memory, read_graph, entities",
        "filesystem, list_allowed_directories, files"
    })
    void the_java_sdk_uses_them(String name, String tool, String words) {
        var route = front.route(name);
        var transport = HttpClientStreamableHttpTransport.builder(
                        route.resolve("/").toString())
                .endpoint(route.getPath())
                .addHttpRequestCustomizer(
                        (request, method, uri, body, context) -> front.headers().forEach(request::setHeader))
                .build();
        try (var client =
                McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build()) {
            client.initialize();
            var arguments = tool.equals("get-sum")
                    ? Map.<String, Object>of("a", 40, "b", 2)
                    : name.equals("mcp-k8s-go") ? Map.<String, Object>of("context", "fake") : Map.<String, Object>of();

            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .contains(tool);
            assertThat(client.callTool(McpSchema.CallToolRequest.builder(tool)
                                    .arguments(arguments)
                                    .build())
                            .content()
                            .getFirst())
                    .isInstanceOfSatisfying(
                            McpSchema.TextContent.class,
                            text -> assertThat(text.text()).contains(words));
            if (client.getServerCapabilities().prompts() != null) {
                assertThat(client.listPrompts().prompts()).isNotEmpty();
            }
            if (client.getServerCapabilities().resources() != null) {
                assertThat(client.listResources().resources()).isNotNull();
            }
        }
    }
}
