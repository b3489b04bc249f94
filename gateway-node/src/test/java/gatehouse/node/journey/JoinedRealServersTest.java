package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// All the servers of [RealServersTest] behind one route: every official SDK lists there what all of them list, and
/// each
/// of them does what it is asked to.
@Tag("harness")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoinedRealServersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, List<String>> STEPS = RealServersTest.STEPS;

    private final Harness harness = Harness.required();
    private final Path directory;
    private final RealServers servers;
    private final LocalNode node;

    JoinedRealServersTest(@TempDir Path directory) {
        this.directory = directory;
        servers = RealServers.start(harness, directory.resolve("servers"), List.copyOf(STEPS.keySet()));
        var members = new TreeMap<String, URI>();
        STEPS.keySet()
                .forEach(name ->
                        members.put(name.replace("-", ""), servers.urls().get(name)));
        node = LocalNode.joining(members, "auto", directory.resolve("config"));
    }

    @AfterAll
    void stop() {
        node.close();
        servers.close();
    }

    @Test
    void both_generations_of_the_typescript_sdk_use_them_in_either_era() {
        var members = new TreeMap<>(servers.urls());
        members.keySet().retainAll(STEPS.keySet());

        var told = new ClientScript(harness, directory, "joined.mjs")
                .told(
                        Map.of("joined", node.route("keyed")),
                        headers(),
                        Map.of("DIRECT", JSON.valueToTree(members).toString()),
                        Duration.ofMinutes(2));

        var expected = new ArrayList<String>();
        for (var generation : List.of("sdk1", "sdk2", "modern")) {
            expected.add(generation + ": lists");
            STEPS.forEach((name, steps) -> steps.stream()
                    .filter(step -> !step.equals("lists"))
                    .forEach(step -> expected.add(generation + " " + name + ": " + step)));
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void the_java_sdk_uses_them() {
        var route = node.route("keyed");
        var transport = HttpClientStreamableHttpTransport.builder(
                        route.resolve("/").toString())
                .endpoint(route.getPath())
                .addHttpRequestCustomizer(
                        (request, method, uri, body, context) -> headers().forEach(request::setHeader))
                .build();
        try (var client =
                McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build()) {
            client.initialize();

            says(client, "everything__get-sum", Map.of("a", 40, "b", 2), "42");
            says(client, "everythingsse__get-sum", Map.of("a", 40, "b", 2), "42");
            says(client, "kubernetes__namespaces_list", Map.of(), "default");
            says(client, "kubernetesmodern__namespaces_list", Map.of(), "default");
            says(client, "mcpk8sgo__list-k8s-namespaces", Map.of("context", "fake"), "default");
            says(client, "memory__read_graph", Map.of(), "entities");
            says(client, "filesystem__list_allowed_directories", Map.of(), "files");
            assertThat(client.listPrompts().prompts())
                    .extracting(McpSchema.Prompt::name)
                    .contains("everything__simple-prompt", "kubernetes__cluster-health-check");
            assertThat(client.getPrompt(McpSchema.GetPromptRequest.builder("everything__simple-prompt")
                                    .build())
                            .messages())
                    .isNotEmpty();
            var resource = client.listResources().resources().getFirst();
            assertThat(client.readResource(resource).contents()).isNotEmpty();
        }
    }

    private static void says(McpSyncClient client, String tool, Map<String, Object> arguments, String words) {
        assertThat(client.listTools().tools()).extracting(McpSchema.Tool::name).contains(tool);
        assertThat(client.callTool(McpSchema.CallToolRequest.builder(tool)
                                .arguments(arguments)
                                .build())
                        .content()
                        .getFirst())
                .isInstanceOfSatisfying(
                        McpSchema.TextContent.class,
                        text -> assertThat(text.text()).contains(words));
    }

    private Map<String, String> headers() {
        return Map.of("Authorization", "Bearer " + node.aliceKey());
    }
}
