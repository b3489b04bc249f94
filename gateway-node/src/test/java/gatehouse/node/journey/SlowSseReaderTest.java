package gatehouse.node.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client of HTTP+SSE that asks for much at once and reads late: it is answered or refused, and bounded meanwhile.
class SlowSseReaderTest {

    private static final int OF_AGENT = 16 << 20;
    private static final int CALLS = 24;
    private static final String LARGE =
            "{\"content\":[{\"type\":\"text\",\"text\":\"" + "x".repeat(3_900_000) + "\"}]}";

    @Test
    void what_waits_for_it_is_bounded_and_every_call_is_answered_once(@TempDir Path directory) throws Exception {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(
                        upstream.url(),
                        directory,
                        "gateway.call.prompt-answer = 30 s", // else a slow machine makes streams of them
                        "gateway.policy.crowd.bytes-of-agent = 16 MiB",
                        "gateway.policy.crowd.bytes-of-node = 32 MiB");
                var http = HttpClient.newHttpClient();
                var socket = new Socket()) {
            upstream.on("tools/call", Script.result(LARGE));
            var lines = listen(node, socket);
            var messages = node.route("old").resolve(data(lines));
            post(http, node, messages, McpClient.initialize("2024-11-05"));
            assertThat(data(lines)).contains("\"result\"");
            post(http, node, messages, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

            for (var id = 1; id <= CALLS; id++) {
                post(http, node, messages, McpClient.toolCall(id, "much"));
                assertThat(Counts.of(node, "messageBytes")).isLessThan(OF_AGENT + 1);
            }

            var refused = 0;
            for (var id = 1; id <= CALLS; id++) {
                var answer = data(lines);
                if (answer.length() < 1000) {
                    refused++;
                    assertThat(answer).contains("\"outcome\":\"done\"", "large messages of this agent");
                }
            }
            assertThat(refused).isBetween(1, CALLS - 1);
            Counts.await(node, "messageBytes", 0);
        }
    }

    private static BufferedReader listen(LocalNode node, Socket socket) throws IOException {
        var port = node.route("old").getPort();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write("""
                GET /mcp/old/sse HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Authorization: Bearer %s\r
                Accept: text/event-stream\r
                \r
                """.formatted(port, node.aliceKey()).getBytes(ISO_8859_1));
        return new BufferedReader(new InputStreamReader(new Unchunked(socket.getInputStream()), ISO_8859_1));
    }

    private static String data(BufferedReader lines) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        throw new IOException("the stream ended");
    }

    private static void post(HttpClient http, LocalNode node, URI messages, String json) throws Exception {
        var request = HttpRequest.newBuilder(messages)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + node.aliceKey())
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
    }
}
