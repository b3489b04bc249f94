package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sessions held at an upstream that is declared no more, or elsewhere, while the node runs.
@Timeout(60)
class PartingTest {

    private static final String DISCOVER = """
            {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    private final FakeUpstream before = FakeUpstream.legacy();
    private final FakeUpstream after = FakeUpstream.legacy();
    private Path directory;
    private LocalNode node;

    @BeforeEach
    void start(@TempDir Path declarations) throws IOException {
        directory = declarations;
        Files.createDirectories(directory.resolve("routes"));
        Files.createDirectories(directory.resolve("upstreams"));
        declare(before.url(), "legacy");
        route("id: parting\nupstream: there\naccess: {anonymous: true}\n");
        node = LocalNode.start(after.url(), directory, "gateway.session.passivate = 1 minute");
    }

    @AfterEach
    void stop() {
        node.close();
        before.close();
        after.close();
    }

    private void declare(URI url, String speaks) throws IOException {
        Files.writeString(directory.resolve("upstreams/there.yaml"), """
                id: there
                tenant: crew
                url: %s
                network: loopback
                speaks: %s
                limits: {deadline: 1 s}
                """.formatted(url, speaks));
    }

    private void route(String yaml) throws IOException {
        Files.writeString(directory.resolve("routes/parting.yaml"), yaml);
    }

    private McpClient client() {
        return new McpClient(node.route("parting"));
    }

    private static Stream<Arrival> arrivals(FakeUpstream upstream, String key) {
        return upstream.arrivals().stream().filter(arrival -> arrival.key().equals(key));
    }

    private static List<String> ended(FakeUpstream upstream) {
        return arrivals(upstream, "DELETE")
                .map(arrival -> arrival.header("mcp-session-id"))
                .toList();
    }

    private void awaitEnded(int sessions) {
        Counts.await("sessions ended there", () -> ended(before).size(), sessions);
    }

    @Test
    void every_session_of_a_route_that_goes_is_ended_there_once() throws IOException {
        before.on("tools/call", Script.hang());
        var clients = IntStream.range(0, 30)
                .mapToObj(number -> client().open("2025-11-25"))
                .toList();

        Files.delete(directory.resolve("routes/parting.yaml"));
        Files.delete(directory.resolve("upstreams/there.yaml"));
        awaitEnded(30);

        assertThat(ended(before)).doesNotHaveDuplicates();
        assertThat(clients.getFirst().post(McpClient.toolCall(1, "t")).statusCode())
                .isEqualTo(401);
        Counts.await(node, "sessions", 0);
        declare(before.url(), "legacy");
        route("id: parting\nupstream: there\naccess: {anonymous: true}\n");
        Counts.await(
                "routes",
                () -> clients.getFirst().post(McpClient.toolCall(1, "t")).statusCode(),
                404);
    }

    @Test
    void a_session_goes_on_at_the_upstream_that_takes_the_place_and_ends_where_it_was() throws IOException {
        var client = client().open("2025-11-25");
        var leg = arrivals(before, "notifications/initialized")
                .findFirst()
                .orElseThrow()
                .header("mcp-session-id");
        after.on(
                "tools/call",
                arrival -> (arrival.header("mcp-session-id").equals(leg)
                                ? Script.error(404, -32001)
                                : Script.result("{\"content\":[]}"))
                        .answer(arrival));

        declare(after.url(), "legacy");
        awaitEnded(1);

        assertThat(ended(before)).containsExactly(leg);
        assertThat(client.post(McpClient.toolCall(1, "t")).body()).contains("\"id\":1,\"result\"");
        assertThat(client.delete().statusCode()).isEqualTo(204);
    }

    @Test
    void what_is_held_there_for_clients_without_sessions_is_ended_as_well() throws IOException {
        client().post(DISCOVER, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list");
        Counts.await(node, "legs", 1);

        declare(after.url(), "legacy");

        awaitEnded(1);
        Counts.await(node, "legs", 0);
    }

    @Test
    void an_upstream_that_stays_where_it_is_keeps_its_sessions() throws IOException {
        var client = client().open("2025-11-25");

        declare(before.url(), "auto");
        route("id: parting\nupstream: there\naccess: {anonymous: true}\norigins: [\"https://a.example\"]\n");
        Files.writeString(
                directory.resolve("routes/marker.yaml"), "id: marker\nupstream: there\naccess: {anonymous: true}\n");
        Counts.await(
                "the marker",
                () -> new McpClient(node.route("marker")).post("x").statusCode(),
                400);

        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                        .body())
                .contains("\"tools\":[]");
        assertThat(ended(before)).isEmpty();
        assertThat(arrivals(before, "initialize")).hasSize(1);
    }
}
