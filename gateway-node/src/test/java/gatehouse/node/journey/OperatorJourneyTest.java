package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What an operator gets to know when something is wrong.
class OperatorJourneyTest {

    private final FakeUpstream upstream = FakeUpstream.legacy();

    @TempDir
    private Path directory;

    @Test
    void a_broken_edit_is_named_while_the_last_good_state_serves() throws IOException {
        try (upstream;
                var node = LocalNode.start(upstream.url(), directory)) {
            Files.writeString(
                    directory.resolve("tenants/crew.yaml"),
                    "id: crew\ntitle: The crew\nnonsense: \"yes\"\n---\nid: others\ntitle: Others\n");

            Counts.await(node, "catalogueProblems", 1);

            assertThat(detail(node))
                    .contains("\"problems\":[\"tenants/crew.yaml: 3: ")
                    .contains("nonsense");
            new McpClient(node.route("open")).open("2025-11-25").delete();
        }
    }

    @Test
    void an_upstream_that_fails_is_named_once_for_many_calls_and_without_what_was_said() {
        upstream.on("tools/call", Script.status(502));
        var lines = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("gatehouse.session.call");
        try (upstream;
                var node = LocalNode.start(upstream.url(), directory)) {
            var client = new McpClient(node.route("open")).open("2025-11-25");
            lines.start();
            logger.addAppender(lines);

            IntStream.range(0, 20).forEach(i -> client.post(McpClient.toolCall(i, "secret-tool")));

            client.delete();
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(List.copyOf(lines.list)).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("an upstream failed its caller: refused with HTTP 502");
            assertThat(line.getKeyValuePairs()).first().hasToString("upstream=\"up\"");
            assertThat(line.toString()).doesNotContain("secret-tool");
        });
    }

    /// An agent asks for more than there is room for: its upstream did all it should.
    @Test
    void an_answer_that_has_no_room_here_is_said_to_be_that_and_no_failure_of_its_upstream() {
        upstream.on("tools/call", Script.result("{\"text\":\"" + "x".repeat(2_000_000) + "\"}"));
        var lines = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("gatehouse.session.call");
        lines.start();
        logger.addAppender(lines);
        try (upstream;
                var node = LocalNode.start(
                        upstream.url(),
                        directory,
                        "gateway.policy.crowd.bytes-of-agent = 1 MiB",
                        "gateway.edge.limits.body = 1 MiB")) {
            var client = new McpClient(node.route("open")).open("2025-11-25");

            for (var i = 0; i < 5; i++) {
                assertThat(client.post(McpClient.toolCall(i, "tool")).body())
                        .contains("too many bytes in large messages of this agent", "\"outcome\":\"done\"");
            }

            assertThat(Counts.of(node, "unknown")).isZero();
            client.delete();
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .startsWith("there was no room here for an answer: ")
                        .contains("of this agent"));
    }

    /// Whoever tries one key after another is seen, and has no line of their own making in the log.
    @Test
    void what_is_refused_is_counted_by_reason_and_said_once_for_many() throws Exception {
        var lines = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("gatehouse.node.edge");
        lines.start();
        logger.addAppender(lines);
        try (upstream;
                var node = LocalNode.start(upstream.url(), directory);
                var http = HttpClient.newHttpClient()) {
            for (var i = 0; i < 20; i++) {
                assertThat(status(http, post(node.route("both"), "Authorization", "Bearer secret-guess-" + i)))
                        .isEqualTo(401);
            }
            assertThat(status(http, post(node.route("secret-route"), "Authorization", "Bearer " + node.bobKey())))
                    .isEqualTo(403);
            assertThat(status(http, post(node.route("open").resolve("/secret-path"), "A", "b")))
                    .isEqualTo(404);
            assertThat(raw(node.route("open"), "secret nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");

            assertThat(detail(node))
                    .contains("\"refused\":{\"malformed\":1,\"unauthenticated\":20,\"forbidden\":1,\"notFound\":1,");
        } finally {
            logger.detachAppender(lines);
        }
        var said = lines.list.stream()
                .filter(line -> line.getMessage().equals("requests are refused"))
                .toList();
        assertThat(said)
                .hasSizeBetween(4, 8)
                .allSatisfy(line ->
                        assertThat(line.getKeyValuePairs().toString() + line).doesNotContain("secret"));
    }

    private static HttpRequest post(URI to, String header, String value) {
        return HttpRequest.newBuilder(to)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header(header, value)
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"))
                .build();
    }

    private static String raw(URI to, String bytes) throws IOException {
        try (var socket = new Socket(to.getHost(), to.getPort())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static int status(HttpClient http, HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    private static String detail(LocalNode node) {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(node.management("/health/detail")).build();
            return http.sendAsync(request, BodyHandlers.ofString()).join().body();
        }
    }
}
