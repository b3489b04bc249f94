package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What ends the stream of a client of HTTP+SSE beside the client itself, and what goes with it.
@Timeout(60)
class SseEndingsTest {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private final FakeUpstream upstream = FakeUpstream.legacy();

    @TempDir
    private Path directory;

    private LocalNode node;

    @BeforeEach
    void start() {
        node = LocalNode.start(upstream.url(), directory);
    }

    @AfterEach
    void nothing_is_left() {
        Counts.await(node, "sseStreams", 0);
        Counts.await(node, "streams", 0);
        Counts.await(node, "permits", 0);
        node.close();
        upstream.close();
    }

    private SseVisitor bob() {
        return new SseVisitor(node.route("old"), "Authorization", "Bearer " + node.bobKey());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            routes | tenants: [crew, others]  | tenants: [crew]   | 403
            routes | until: 2099-12-31        | until: 2026-01-01 | 410
            routes | sse: {until: 2099-12-31} | journal: memory   | 404
            agents | expires: 2099-12-31      | expires: 2026-01-01 | 401
            """)
    void it_ends_when_it_would_not_be_opened_any_more(String what, String before, String after, int status)
            throws Exception {
        try (var client = bob().begin("2024-11-05")) {
            await("notifications/initialized");

            declare(directory.resolve(what + "/" + what + ".yaml"), before, after);

            assertThat(client.next().data()).isEmpty();
            await("DELETE");
            assertThat(client.post(LIST).statusCode()).isEqualTo(status);
            try (var again = bob()) {
                assertThat(again.stream().statusCode()).isEqualTo(status);
            }
        }
    }

    /// Which upstream it led to is not known any more either.
    @Test
    void it_ends_with_its_route() throws Exception {
        try (var client = bob().begin("2024-11-05")) {
            declare(directory.resolve("routes/routes.yaml"), "id: old", "id: older");

            assertThat(client.next().data()).isEmpty();
            assertThat(client.post(LIST).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void a_hello_under_way_is_given_up_with_it() throws Exception {
        try (var client = bob()) {
            client.begin("2024-11-05");
        }
        upstream.on("initialize", Script.hang());
        try (var client = bob()) {
            await("notifications/initialized");
            client.open("2024-11-05");
            await("initialize");
        }

        Counts.await(node, "permits", 0);
        Counts.await(node, "sessions", 0);
    }

    private void await(String key) throws Exception {
        while (!upstream.next().key().equals(key)) {
            // what came before; the wait for each is bounded
        }
    }

    private static void declare(Path file, String before, String after) throws IOException {
        var text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
    }
}
