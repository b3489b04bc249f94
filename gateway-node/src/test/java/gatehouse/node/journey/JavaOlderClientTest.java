package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The official Java SDK, with HTTP+SSE on its side of a node, on the other, or on both.
@Tag("harness")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaOlderClientTest {

    private final BlockingQueue<Double> progress = new LinkedBlockingQueue<>(1000);
    private final Stage stage;

    JavaOlderClientTest(@TempDir Path directory) {
        stage = new Stage(Harness.required(), List.of("everything", "everything-sse"), directory);
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource({"true, everything", "true, everything-sse", "false, everything-sse"})
    void it_holds_a_full_session(boolean older, String upstream) throws InterruptedException {
        var client = open(stage.front().route(upstream), older);
        try {
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .contains("echo");
            assertThat(call(client, "echo", Map.of("message", "grüße"))).isEqualTo("Echo: grüße");
            client.ping();

            client.callTool(CallToolRequest.builder("trigger-long-running-operation")
                    .arguments(Map.of("duration", 1, "steps", 4))
                    .progressToken("p-1")
                    .build());
            for (var made : List.of(1.0, 2.0, 3.0, 4.0)) {
                assertThat(progress.poll(5, TimeUnit.SECONDS)).isEqualTo(made);
            }

            assertThat(call(client, "trigger-sampling-request", Map.of("prompt", "say", "maxTokens", 10)))
                    .contains("sampled words");
            assertThat(call(client, "get-roots-list", Map.of())).contains("file:///srv/project");

            var resource = client.listResources().resources().getFirst();
            assertThat(client.readResource(resource).contents()).isNotEmpty();
            assertThat(client.listPrompts().prompts()).isNotEmpty();
        } finally {
            progress.clear();
            client.closeGracefully();
        }
    }

    private McpSyncClient open(URI route, boolean older) {
        var client = McpClient.sync(older ? older(route) : newer(route))
                .requestTimeout(Duration.ofSeconds(20))
                .capabilities(McpSchema.ClientCapabilities.builder()
                        .roots(true)
                        .sampling()
                        .build())
                .roots(new McpSchema.Root("file:///srv/project", "project"))
                .sampling(_ -> McpSchema.CreateMessageResult.builder(McpSchema.Role.ASSISTANT, "sampled words", "m")
                        .build())
                .progressConsumer(made -> progress.add(made.progress()))
                .build();
        client.initialize();
        return client;
    }

    @SuppressWarnings("deprecation") // what is deprecated is what is tested
    private McpClientTransport older(URI route) {
        return HttpClientSseClientTransport.builder(route.resolve("/").toString())
                .sseEndpoint(route.getPath() + "/sse")
                .addHttpRequestCustomizer((request, method, uri, body, context) ->
                        stage.front().headers().forEach(request::setHeader))
                .build();
    }

    private McpClientTransport newer(URI route) {
        return HttpClientStreamableHttpTransport.builder(route.resolve("/").toString())
                .endpoint(route.getPath())
                .openConnectionOnStartup(false)
                .addHttpRequestCustomizer((request, method, uri, body, context) ->
                        stage.front().headers().forEach(request::setHeader))
                .build();
    }

    private static String call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return ((TextContent) client.callTool(CallToolRequest.builder(tool)
                                .arguments(arguments)
                                .build())
                        .content()
                        .getFirst())
                .text();
    }
}
