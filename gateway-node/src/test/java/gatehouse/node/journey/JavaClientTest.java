package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The official Java SDK holds a full session through a node.
@Tag("harness")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaClientTest {
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>(10_000);
    private final List<McpSyncClient> clients = new ArrayList<>();

    private final Stage stage;

    JavaClientTest(@TempDir Path directory) {
        stage = new Stage(Harness.required(), List.of("reference", "conformance", "everything"), directory);
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @AfterEach
    void leave() {
        clients.forEach(McpSyncClient::closeGracefully);
        clients.clear();
        news.clear();
    }

    @Test
    void it_initializes_lists_every_page_and_calls() {
        var client = open("reference");

        assertThat(client.getServerCapabilities().tools()).isNotNull();
        assertThat(client.listTools().tools()).extracting(McpSchema.Tool::name).contains("echo", "stats");
        assertThat(call(client, "echo", Map.of("message", "grüße"))).isEqualTo("Echo: grüße");
        client.ping();
    }

    @Test
    void it_is_told_why_a_call_failed() {
        var client = open("reference");

        assertThatThrownBy(() -> call(client, "get-sum", Map.of("a", "x", "b", 1)))
                .isInstanceOfSatisfying(
                        McpError.class,
                        error -> assertThat(error.getJsonRpcError().code()).isEqualTo(-32602));
    }

    @Test
    void it_hears_of_progress() {
        var client = open("reference");
        var request = CallToolRequest.builder("trigger-long-running-operation")
                .arguments(Map.of("duration", 1, "steps", 4))
                .progressToken("p-1")
                .build();

        client.callTool(request);

        assertThat(news).containsExactly("progress 1.0", "progress 2.0", "progress 3.0", "progress 4.0");
    }

    @Test
    void it_reads_prompts_resources_and_templates() {
        var client = open("reference");

        var prompt = client.getPrompt(McpSchema.GetPromptRequest.builder("greet")
                .arguments(Map.of("name", "Ada"))
                .build());
        var note = client.readResource(
                McpSchema.ReadResourceRequest.builder("note://3").build());

        assertThat(client.listPrompts().prompts())
                .extracting(McpSchema.Prompt::name)
                .contains("greet");
        assertThat(text(prompt.messages().getFirst().content())).isEqualTo("Hello Ada");
        assertThat(client.listResources().resources()).hasSize(12);
        assertThat(note.contents().getFirst())
                .isInstanceOfSatisfying(
                        McpSchema.TextResourceContents.class,
                        contents -> assertThat(contents.text()).isEqualTo("note 3"));
        assertThat(client.listResourceTemplates().resourceTemplates())
                .extracting(McpSchema.ResourceTemplate::uriTemplate)
                .contains("note://{id}");
    }

    @Test
    void it_answers_what_the_upstream_asks() {
        assertThat(call(open("reference"), "ask-model", Map.of("prompt", "say")))
                .contains("sampled words");
        assertThat(call(open("reference"), "ask-user", Map.of("message", "who?")))
                .contains("accept", "Ada");
        assertThat(call(open("everything"), "get-roots-list", Map.of())).contains("file:///srv/project");
    }

    @Test
    void it_hears_of_what_it_subscribed_to() throws InterruptedException {
        var client = open("reference");
        client.subscribeResource(
                McpSchema.SubscribeRequest.builder("board://main").build());

        assertThat(provoked(client, "touch-board", "updated board")).isTrue();
        assertThat(provoked(client, "switch-tools", "tools")).isTrue();
        client.unsubscribeResource(
                McpSchema.UnsubscribeRequest.builder("board://main").build());
    }

    @Test
    void it_completes_and_hears_the_log() {
        var client = open("conformance");
        var completion = client.completeCompletion(McpSchema.CompleteRequest.builder(
                        new McpSchema.PromptReference("test_prompt_with_arguments"),
                        new McpSchema.CompleteRequest.CompleteArgument("arg1", "par"))
                .build());
        client.setLoggingLevel(McpSchema.LoggingLevel.DEBUG);

        call(client, "test_tool_with_logging", Map.of());

        assertThat(completion.completion().values()).containsExactly("paris", "park", "party");
        assertThat(news).filteredOn(line -> line.startsWith("log")).hasSize(3);
    }

    /// The stream that brings the news may still be opening, so a change is made until it is heard of.
    private boolean provoked(McpSyncClient client, String tool, String wanted) throws InterruptedException {
        for (var i = 0; i < 10; i++) {
            call(client, tool, Map.of());
            for (var heard = next(); heard != null; heard = next()) {
                if (heard.startsWith(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable String next() throws InterruptedException {
        return news.poll(500, TimeUnit.MILLISECONDS);
    }

    private McpSyncClient open(String upstream) {
        var client = McpClient.sync(transport(stage.front().route(upstream)))
                .requestTimeout(Duration.ofSeconds(20))
                .capabilities(McpSchema.ClientCapabilities.builder()
                        .roots(true)
                        .sampling()
                        .elicitation()
                        .build())
                .roots(new McpSchema.Root("file:///srv/project", "project"))
                .sampling(_ -> McpSchema.CreateMessageResult.builder(McpSchema.Role.ASSISTANT, "sampled words", "m")
                        .build())
                .elicitation(
                        _ -> new McpSchema.ElicitResult(McpSchema.ElicitResult.Action.ACCEPT, Map.of("name", "Ada")))
                .progressConsumer(progress -> news.add("progress " + progress.progress()))
                .loggingConsumer(message -> news.add("log " + message.level()))
                .toolsChangeConsumer(tools -> news.add("tools " + tools.size()))
                .resourcesUpdateConsumer(contents ->
                        news.add("updated " + contents.getFirst().uri().substring(0, 5)))
                .build();
        clients.add(client);
        client.initialize();
        return client;
    }

    private HttpClientStreamableHttpTransport transport(URI route) {
        return HttpClientStreamableHttpTransport.builder(route.resolve("/").toString())
                .endpoint(route.getPath())
                .openConnectionOnStartup(false)
                .addHttpRequestCustomizer((request, method, uri, body, context) ->
                        stage.front().headers().forEach(request::setHeader))
                .build();
    }

    private static String call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return text(client.callTool(
                        CallToolRequest.builder(tool).arguments(arguments).build())
                .content()
                .getFirst());
    }

    private static String text(McpSchema.Content content) {
        return ((TextContent) content).text();
    }
}
