package gatehouse.node.edge;

import static gatehouse.node.edge.RawClient.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An honest neighbour is connected all the time: whatever the others do, it is served afterwards.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeServerTest {

    private static final String GET = "GET / HTTP/1.1\r\n" + HOST + "\r\n";
    private static final String DEADLINES = """
            deadlines { head-deadline = 500 ms, body-deadline = 600 ms, body-grace = 300 ms, body-rate = 1 KiB,
                        idle-timeout = 700 ms, write-stall = 800 ms, linger = 500 ms }
            limits.body = 64 KiB
            """;

    private RunningEdge edge;
    private RunningEdge hasty;
    private RawClient neighbour;

    @BeforeAll
    void bind() throws IOException {
        edge = new RunningEdge("");
        hasty = new RunningEdge(DEADLINES);
        neighbour = edge.connect();
    }

    @AfterEach
    void the_neighbour_is_still_served_and_nothing_leaks() throws IOException {
        assertThat(neighbour.send(GET).until("ok"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .doesNotContain("Server:");
        edge.awaitOpen(1);
        hasty.awaitOpen(0);
        RunningEdge.await(() -> edge.streams.get() + hasty.streams.get() == 0, "streams to end");
    }

    @AfterAll
    void unbind() throws IOException {
        neighbour.close();
        edge.close();
        hasty.close();
    }

    @Test
    void requests_are_answered_one_after_the_other_on_one_connection() throws IOException {
        try (var client = edge.connect()) {
            for (var i = 0; i < 3; i++) {
                assertThat(client.send(post("\"" + i + "\"")).until("\"" + i + "\""))
                        .startsWith("HTTP/1.1 200 OK\r\n");
            }
        }
    }

    @Test
    void requests_sent_ahead_are_answered_in_their_order() throws IOException {
        try (var client = edge.connect()) {
            client.send(post("\"a\"")
                    + post("\"b\"")
                    + chunked("3\r\n\"c\"\r\n0\r\n\r\n")
                    + post("\"d\"").replace("HTTP/1.1\r\n", "HTTP/1.1\r\nConnection: close\r\n"));

            assertThat(client.rest().replaceAll("(?s)HTTP/1.1 200 OK.*?\r\n\r\n", "|"))
                    .isEqualTo("|\"a\"|\"b\"|\"c\"|\"d\"");
        }
    }

    @Test
    void a_body_in_pieces_arrives_whole() throws IOException {
        try (var client = edge.connect()) {
            var body = "x".repeat(300_000);
            client.send("POST /echo HTTP/1.1\r\n" + HOST).send("Content-Length: 300000\r\nConnection: close\r\n\r\n");
            for (var i = 0; i < 10; i++) {
                client.send(body.substring(i * 30_000, (i + 1) * 30_000));
            }

            assertThat(client.rest()).endsWith("\r\n\r\n" + body);
        }
    }

    @Test
    void a_client_that_asks_first_is_told_to_go_on() throws IOException {
        try (var client = edge.connect()) {
            client.send("POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue");

            assertThat(client.send("{}").until("{}")).startsWith("HTTP/1.1 200 OK");
            assertThat(client.send(GET).until("ok")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void the_response_to_head_has_no_body_and_the_next_follows() throws IOException {
        try (var client = edge.connect()) {
            assertThat(client.send("HEAD / HTTP/1.1\r\n" + HOST + "\r\n").until("\r\n\r\n"))
                    .contains("Content-Length: 2");
            assertThat(client.send(GET).until("ok")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, 'GET / HTTP/1.1\n%H\n'",
        "400, 'GET / HTTP/1.1\r\n%HX : y\r\n\r\n'",
        "400, 'GET / HTTP/1.1\r\n%HX: y\r\n z\r\n\r\n'",
        "400, 'GET / HTTP/1.1\r\n%HX: \0\r\n\r\n'",
        "400, 'GET / HTTP/1.1\r\n%H%H\r\n'",
        "400, 'GET / HTTP/1.1\r\n\r\n'",
        "400, 'GET http://elsewhere/ HTTP/1.1\r\n%H\r\n'",
        "400, 'GET / HTTP/3.0\r\n%H\r\n'",
        "400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'",
        "400, 'CONNECT localhost:80 HTTP/1.1\r\n%H\r\n'",
        "400, 'GET / HTTP/1.1\r\n%HConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'",
        "400, 'GET / HTTP/1.1\r\n%HConnection: Mcp-Session-Id\r\n\r\n'",
        "400, 'POST /echo HTTP/1.1\r\n%HContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}'",
        "400, 'POST /echo HTTP/1.1\r\n%HContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}'",
        "400, 'POST /echo HTTP/1.1\r\n%HTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'",
        "400, 'POST /echo HTTP/1.1\r\n%HTransfer-Encoding: chunked\r\n\r\nZZ\r\n'",
        "400, 'POST /echo HTTP/1.1\r\n%HTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nAuthorization: x\r\n\r\n'",
        "400, 'POST /echo HTTP/1.1\r\n%HTransfer-Encoding: chunked\r\n\r\n40001\r\n'",
        "413, 'POST /echo HTTP/1.1\r\n%HContent-Length: 4194305\r\n\r\n'",
    })
    void what_is_ambiguous_or_too_large_is_refused_with_its_reason_and_closed(int status, String template)
            throws IOException {
        try (var client = edge.connect()) {
            var response = client.send(template.replace("%H", HOST)).rest();

            assertThat(response)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("\r\nConnection: close\r\n")
                    .endsWith("\"}");
            assertThat(response.split("HTTP/1.1 [1-5]")).hasSize(2);
        }
    }

    @Test
    void heads_that_are_too_large_are_refused() throws IOException {
        try (var line = edge.connect();
                var field = edge.connect();
                var count = edge.connect();
                var all = edge.connect()) {
            assertThat(line.send("GET /" + "a".repeat(3000)).rest()).startsWith("HTTP/1.1 414 ");
            assertThat(field.send("GET / HTTP/1.1\r\nX: " + "a".repeat(17_000)).rest())
                    .startsWith("HTTP/1.1 431 ");
            assertThat(count.send("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(65)).rest())
                    .startsWith("HTTP/1.1 431 ");
            assertThat(all.send("GET / HTTP/1.1\r\n" + ("X: " + "a".repeat(9000) + "\r\n").repeat(4))
                            .rest())
                    .startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void a_refusal_can_be_read_although_more_was_sent_than_anybody_will_read() throws IOException {
        try (var client = edge.connect()) {
            var response = client.send(
                            "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 5000000\r\n\r\n" + "x".repeat(100_000))
                    .rest();

            assertThat(response).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void a_malformed_request_sent_ahead_is_refused_after_the_first_is_answered() throws IOException {
        try (var client = edge.connect()) {
            assertThat(client.send(GET + "GET / HTTP/1.1\nHost: x\n\n").rest())
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("okHTTP/1.1 400 Bad Request");
        }
    }

    @Test
    void a_fault_within_the_handler_is_a_500_and_the_connection_lives() throws IOException {
        try (var client = edge.connect()) {
            assertThat(client.send("GET /broken HTTP/1.1\r\n" + HOST + "\r\n").until("}"))
                    .startsWith("HTTP/1.1 500 ")
                    .doesNotContain("purpose");
            assertThat(client.send(GET).until("ok")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void a_slow_head_is_cut() throws IOException {
        try (var client = hasty.connect()) {
            assertThat(client.send("GET / HT").rest())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("head");
        }
    }

    @Test
    void a_head_that_drips_is_cut_all_the_same() throws IOException {
        try (var client = hasty.connect();
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            client.send("GET / HTTP/1.1\r\nX: ");
            var dripping = clock.scheduleWithFixedDelay(() -> drip(client), 50, 50, TimeUnit.MILLISECONDS);

            assertThat(client.rest()).startsWith("HTTP/1.1 408 ");
            dripping.cancel(false);
        }
    }

    @Test
    void a_slow_body_is_cut_whether_it_is_announced_or_chunked() throws IOException {
        try (var announced = hasty.connect();
                var chunked = hasty.connect()) {
            announced.send("POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhel");
            chunked.send("POST /echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel");

            assertThat(announced.rest()).startsWith("HTTP/1.1 408 ").contains("body");
            assertThat(chunked.rest()).startsWith("HTTP/1.1 408 ").contains("body");
        }
    }

    @Test
    void an_idle_connection_is_closed_without_a_word() throws IOException {
        try (var fresh = hasty.connect();
                var used = hasty.connect()) {
            used.send(GET).until("ok");

            assertThat(fresh.isCut()).isTrue();
            assertThat(used.isCut()).isTrue();
        }
    }

    @Test
    void a_response_that_streams_outlives_every_deadline() throws IOException {
        try (var client = hasty.connect()) {
            client.send(stream()).until("first");
            for (var i = 0; i < 10; i++) {
                client.until(":\n");
            }
            assertThat(hasty.streams).hasValue(1);
        }
    }

    @Test
    void a_client_that_stops_reading_is_cut() throws IOException {
        try (var client = hasty.connect()) {
            client.send(flood()).until("\r\n\r\n");

            hasty.awaitOpen(0);
        }
    }

    @Test
    void a_stream_ends_when_its_client_goes_however_it_goes() throws IOException {
        for (var abrupt : new boolean[] {true, false}) {
            try (var client = edge.connect()) {
                client.send(stream()).until("first");
                if (abrupt) {
                    client.reset();
                }
            }
            RunningEdge.await(() -> edge.streams.get() == 0, "the stream to end");
        }
    }

    @Test
    void garbage_behind_a_request_whose_response_streams_waits_and_harms_nobody() throws IOException {
        try (var client = edge.connect()) {
            client.send(stream() + "\0\0\0").until("first");

            assertThat(client.until(":\n")).doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void who_makes_a_response_hears_that_the_client_did_not_wait() throws Exception {
        try (var own = new RunningEdge("")) {
            try (var client = own.connect()) {
                client.send("GET /later HTTP/1.1\r\n" + HOST + "\r\n");
                own.asked.get(10, TimeUnit.SECONDS);
            }

            own.gone.get(10, TimeUnit.SECONDS);
            own.awaitOpen(0);
        }
    }

    @Test
    void a_connection_too_many_is_told_so() throws IOException {
        try (var own = new RunningEdge("connections = 2");
                var first = own.connect();
                var second = own.connect()) {
            own.awaitOpen(2);
            try (var third = own.connect()) {
                assertThat(third.rest()).startsWith("HTTP/1.1 503 ");
            }
            assertThat(first.send(GET).until("ok")).startsWith("HTTP/1.1 200 ");
            second.reset();
            own.awaitOpen(1);
            try (var fourth = own.connect()) {
                assertThat(fourth.send(GET).until("ok")).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void stopping_lets_a_request_in_flight_end_and_closes_the_idle() throws Exception {
        try (var own = new RunningEdge("");
                var idle = own.connect();
                var busy = own.connect()) {
            idle.send(GET).until("ok");
            busy.send("GET /later HTTP/1.1\r\n" + HOST + "\r\n");
            own.asked.get(10, TimeUnit.SECONDS);

            var stopped = own.edge().stop(Duration.ofSeconds(20)).toCompletableFuture();
            assertThat(idle.isCut()).isTrue();
            assertThat(stopped).isNotDone();
            own.later.complete(HttpResponse.create().withEntity("late"));

            assertThat(busy.rest()).startsWith("HTTP/1.1 200 ").endsWith("late");
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void stopping_cuts_what_outlives_the_grace() throws Exception {
        try (var own = new RunningEdge("");
                var client = own.connect()) {
            client.send(stream()).until("first");

            own.edge().stop(Duration.ofMillis(100)).toCompletableFuture().get(10, TimeUnit.SECONDS);

            RunningEdge.await(() -> own.streams.get() == 0, "the stream to end");
        }
    }

    /// Nothing may stay behind, at whatever byte a client goes and however.
    @Test
    void clients_that_go_at_random_leave_nothing_behind() throws IOException {
        var seed = 42;
        var random = new Random(seed);
        var said =
                List.of(post("{}") + GET, chunked("2\r\n{}\r\n0\r\n\r\n"), stream(), flood(), "GET /\0 HTTP/1.1\r\n");
        for (var i = 0; i < 300; i++) {
            var text = said.get(random.nextInt(said.size()));
            try (var client = edge.connect()) {
                client.send(text.substring(0, random.nextInt(text.length() + 1)));
                if (random.nextBoolean()) {
                    client.reset();
                }
            }
        }
        edge.awaitOpen(1);
    }

    private static String stream() {
        return "GET /stream HTTP/1.1\r\n" + HOST + "\r\n";
    }

    private static String flood() {
        return "GET /flood HTTP/1.1\r\n" + HOST + "\r\n";
    }

    private static void drip(RawClient client) {
        try {
            client.send("x");
        } catch (IOException closed) {
            throw new UncheckedIOException(closed); // ends the dripping
        }
    }

    private static String post(String body) {
        return "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunked(String body) {
        return "POST /echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + body;
    }
}
