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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

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
        try (var client = McpClient.sync(transport(body -> {}))
                .requestTimeout(Duration.ofSeconds(20))
                .build()) {
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

    @ParameterizedTest
    @ValueSource(strings = {"everything", "everythingsse"})
    void the_java_sdk_hears_of_progress(String alias) {
        var seen = new ConcurrentLinkedQueue<Double>();
        try (var client = McpClient.sync(transport(body -> {}))
                .requestTimeout(Duration.ofSeconds(20))
                .capabilities(McpSchema.ClientCapabilities.builder().roots(true).build())
                .progressConsumer(progress -> seen.add(progress.progress()))
                .build()) {
            client.initialize();

            client.callTool(operation(alias, 1, 4));

            assertThat(seen).startsWith(1.0, 2.0, 3.0);
        }
    }

    /// It has no word for taking a call back, so it says what the protocol has for that.
    @ParameterizedTest
    @ValueSource(strings = {"everything", "everythingsse"})
    void a_call_the_java_sdk_takes_back_is_over(String alias) throws InterruptedException {
        var ids = new LinkedBlockingQueue<String>();
        var progress = new LinkedBlockingQueue<Double>();
        var transport = transport(body -> {
            var call = LONG_CALL.matcher(body);
            if (call.find()) {
                ids.add(call.group(1));
            }
        });
        var client = McpClient.async(transport)
                .requestTimeout(Duration.ofMinutes(1))
                .capabilities(McpSchema.ClientCapabilities.builder().roots(true).build())
                .progressConsumer(step -> Mono.fromRunnable(() -> progress.add(step.progress())))
                .build();
        client.initialize().block();
        var cancelled = Counts.of(node, "cancelled");

        var call = client.callTool(operation(alias, 60, 120)).subscribe(_ -> {}, _ -> {});
        var id = ids.poll(20, TimeUnit.SECONDS);
        assertThat(progress.poll(20, TimeUnit.SECONDS)).isNotNull();
        transport
                .sendMessage(new McpSchema.JSONRPCNotification("notifications/cancelled", Map.of("requestId", id)))
                .block();

        Counts.await(node, "cancelled", cancelled + 1);
        Counts.await(node, "calls", 0);
        call.dispose();
        progress.clear();
        assertThat(client.callTool(McpSchema.CallToolRequest.builder(alias + "__echo")
                                .arguments(Map.of("message", "still here"))
                                .build())
                        .block())
                .satisfies(answer -> assertThat(String.valueOf(answer)).contains("still here"));
        assertThat(progress).isEmpty();
        client.closeGracefully().block();
    }

    private static final Pattern LONG_CALL = Pattern.compile("\"id\":\"([^\"]+)\".*trigger-long-running-operation");

    private static McpSchema.CallToolRequest operation(String alias, int seconds, int steps) {
        return McpSchema.CallToolRequest.builder(alias + "__trigger-long-running-operation")
                .arguments(Map.of("duration", seconds, "steps", steps))
                .progressToken("p-" + alias)
                .build();
    }

    /// @param sent gets the body of every request
    private HttpClientStreamableHttpTransport transport(Consumer<String> sent) {
        var route = node.route("keyed");
        return HttpClientStreamableHttpTransport.builder(route.resolve("/").toString())
                .endpoint(route.getPath())
                .addHttpRequestCustomizer((request, method, uri, body, context) -> {
                    headers().forEach(request::setHeader);
                    if (body != null) {
                        sent.accept(body);
                    }
                })
                .build();
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
