package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A client that wants the gateway to hold much for it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundsJourneyTest {

    private static final String SUBSCRIBE =
            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"resources/subscribe\",\"params\":{\"uri\":\"%s\"}}";

    private final FakeUpstream upstream = FakeUpstream.legacy();
    private LocalNode node;

    @TempDir
    private Path elsewhere;

    @BeforeAll
    void start(@TempDir Path directory) {
        upstream.on("resources/subscribe", Script.result("{}"));
        node = LocalNode.start(
                upstream.url(),
                directory,
                "gateway.session.kept.whole = 9 KiB",
                "gateway.catalogue.defaults.route.journal = memory",
                "gateway.node.memory-bytes = 1 MiB");
    }

    @AfterAll
    void stop() {
        node.close();
        upstream.close();
    }

    private McpClient client() {
        return new McpClient(node.route("both"), "Authorization", "Bearer " + node.aliceKey());
    }

    private long arrived(String method) {
        return upstream.arrivals().stream()
                .map(Arrival::key)
                .filter(method::equals)
                .count();
    }

    private static void refuses(HttpResponse<String> answer, String... says) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("-32602").contains(says);
    }

    @Test
    void a_client_that_introduces_itself_at_length_is_told_how_long_it_may_be() {
        var before = arrived("initialize");

        var answer = client().post(McpClient.initialize("2025-11-25").replace("journey", "j".repeat(900_000)));

        refuses(answer, "\"open\"", "params of initialize is too long", "at most 8192");
        assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
        assertThat(arrived("initialize")).isEqualTo(before);
    }

    /// Each would find the others not stored yet.
    @Test
    void sessions_that_are_opened_at_once_are_counted_as_well() {
        var welcome = Script.result(
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{\"name\":\"slow\",\"version\":\"1\"}}");
        try (var slow = FakeUpstream.legacy()
                        .on(
                                "initialize",
                                arrival -> Stream.concat(
                                                Stream.of(Step.pause(Duration.ofMillis(500))),
                                                welcome.answer(arrival).stream())
                                        .toList());
                var other = LocalNode.start(slow.url(), elsewhere, "gateway.policy.crowd.sessions-of-agent = 6");
                var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var bob = new McpClient(other.route("both"), "Authorization", "Bearer " + other.bobKey());
            var opened = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> bob.post(McpClient.initialize("2025-11-25")).statusCode(), crowd))
                    .toList();

            assertThat(opened.stream().map(CompletableFuture::join).sorted())
                    .containsExactlyElementsOf(
                            Stream.concat(Collections.nCopies(6, 200).stream(), Collections.nCopies(10, 429).stream())
                                    .toList());
        }
    }

    @Test
    void a_client_that_subscribes_at_length_is_told_how_long_it_may_be() {
        var client = client().open("2025-11-25");
        var before = arrived("resources/subscribe");

        refuses(client.post(SUBSCRIBE.formatted(1, "u".repeat(900_000))), "params.uri", "900000 bytes, at most 2048");

        assertThat(arrived("resources/subscribe")).isEqualTo(before);
        client.delete();
    }

    @Test
    void a_client_that_subscribes_to_much_is_told_how_much_it_may_be() {
        var client = client().open("2025-11-25");

        for (var i = 0; i < 4; i++) {
            assertThat(client.post(SUBSCRIBE.formatted(i, i + "u".repeat(2000))).body())
                    .contains("result");
        }

        refuses(client.post(SUBSCRIBE.formatted(5, 5 + "u".repeat(2000))), "at most 9216 bytes in all");
        client.delete();
    }

    @Test
    void who_comes_back_to_a_stream_that_others_took_the_room_of_is_told_so() {
        var client = client().open("2025-11-25");
        upstream.on("tools/call", notes(4));
        var small = client.call(McpClient.toolCall(7, "talk")).rest();
        upstream.on("tools/call", notes(12));
        var large = client.call(McpClient.toolCall(8, "talk")).rest();

        assertThat(large).hasSize(14);
        assertThat(client.get("Last-Event-ID", small.getFirst().id()).statusCode())
                .isEqualTo(400);
        assertThat(client.get("Last-Event-ID", small.getFirst().id()).body()).contains("unknown, or too old");
        client.delete();
    }

    @Test
    void a_number_nobody_gave_out_is_refused_and_hides_nothing() {
        var client = client().open("2025-11-25");
        upstream.on("tools/call", notes(1));
        var seen = client.call(McpClient.toolCall(7, "talk")).rest();
        var id = seen.getFirst().id();
        var stream = id.substring(0, id.indexOf('-'));

        for (var number : List.of("999999999999999999", "4", "99999999999999999999", "-1")) {
            assertThat(client.get("Last-Event-ID", stream + "-" + number).statusCode())
                    .isEqualTo(400);
        }
        assertThat(client.listen("Last-Event-ID", id).rest()).isEqualTo(seen.subList(1, 3));
        client.delete();
    }

    /// So many notes of a hundred thousand bytes, and the result.
    private static Script notes(int notes) {
        var note =
                Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\","
                        + "\"data\":\"" + "x".repeat(100_000) + "\"}}");
        return Script.eventsOf(arrival -> Stream.concat(
                        Collections.nCopies(notes, note).stream(),
                        Stream.of(Step.event(Script.resultOf(arrival, "{\"content\":[]}")), Step.end()))
                .toList());
    }

    /// Alice has streams written down that nobody reads; Bob does not notice.
    @Test
    void who_fills_the_store_is_told_so_in_the_stream_and_others_are_not() {
        try (var busy = FakeUpstream.legacy().on("tools/call", notes(4));
                var small = LocalNode.start(busy.url(), elsewhere, "gateway.storage.outbox.of-agent = 1 MiB")) {
            var alice = new McpClient(small.route("both"), "Authorization", "Bearer " + small.aliceKey())
                    .open("2025-11-25");
            var bob =
                    new McpClient(small.route("both"), "Authorization", "Bearer " + small.bobKey()).open("2025-11-25");
            alice.call(McpClient.toolCall(1, "talk")).rest();
            alice.call(McpClient.toolCall(2, "talk")).rest();

            var cut = alice.call(McpClient.toolCall(3, "talk")).rest();

            assertThat(cut.getLast().data())
                    .contains("too many bytes in kept streams of this agent at once: at most 1048576")
                    .contains("\"id\":3", "\"outcome\":\"unknown\"");
            assertThat(bob.call(McpClient.toolCall(4, "talk")).rest()).hasSize(6);
        }
    }

    @Test
    void a_level_that_is_none_is_refused() {
        var client = client().open("2025-11-25");

        refuses(
                client.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"loud\"}}"),
                "params.level is none of");
        client.delete();
    }
}
