package gatehouse.session.upstream;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.call;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Network;
import gatehouse.config.catalogue.Upstream;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamableClientTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final String LONG =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n";

    private final FakeUpstream upstream = FakeUpstream.start();
    private final StreamableClient client = new StreamableClient(
            KIT.system(), at(upstream.url()), Upstreaming.settings("gateway.upstream.bounds.body = 20000"));

    @AfterEach
    void close() {
        client.close();
        upstream.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void a_json_answer_comes_back_with_its_session() {
        upstream.on("tools/call", Script.result("{\"ok\":true}", "Mcp-Session-Id: s-1"));

        var single = (Reply.Single) got(client.send(call(7)));

        assertThat(single.message().raw(Place.RESULT).orElseThrow().utf8String())
                .isEqualTo("{\"ok\":true}");
        assertThat(single.session()).isEqualTo("s-1");
    }

    @Test
    void a_request_carries_what_it_should_and_nothing_else() throws Exception {
        upstream.on("tools/call", Script.result("{}"));
        var headers = List.of(
                Header.session("s-1"),
                Header.version("2025-11-25"),
                new Header("Authorization", "Bearer secret"),
                new Header("Cookie", "a=b"),
                new Header("Connection", "x-evil"),
                new Header("Transfer-Encoding", "gzip"),
                new Header("X-Trace", "t"));
        var message = call(1).message();

        got(client.send(new Outbound.Post(message, headers, Duration.ofSeconds(5))));

        var arrival = upstream.next();
        assertThat(arrival.body()).isEqualTo(message.bytes().utf8String());
        assertThat(arrival.headers())
                .containsOnlyKeys(
                        "host",
                        "accept",
                        "accept-encoding",
                        "user-agent",
                        "via",
                        "mcp-session-id",
                        "mcp-protocol-version",
                        "x-trace",
                        "content-type",
                        "content-length")
                .containsEntry("host", "127.0.0.1:" + upstream.port())
                .containsEntry("accept", "application/json, text/event-stream")
                .containsEntry("accept-encoding", "identity")
                .containsEntry("user-agent", "Gatehouse")
                .containsEntry("via", "1.1 gatehouse")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void one_connection_carries_one_call_after_the_other() {
        upstream.on("tools/call", Script.result("{}"));

        for (int i = 0; i < 20; i++) {
            assertThat(got(client.send(call(i)))).isInstanceOf(Reply.Single.class);
        }

        assertThat(upstream.accepted()).isEqualTo(1);
        assertThat(client.inUse()).isZero();
    }

    @Test
    void an_answer_in_pieces_is_put_together_and_its_connection_used_again() {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"" + "x".repeat(9000) + "\"}}";
        upstream.on(
                "tools/call",
                Script.steps(
                        Script.chunked(200, "Content-Type: application/json; charset=utf-8"),
                        Step.chunk(body.substring(0, 10)),
                        Step.pause(Duration.ofMillis(20)),
                        Step.chunk(body.substring(10)),
                        Step.end()));

        assertThat(got(client.send(call(1)))).isInstanceOf(Reply.Single.class);
        assertThat(got(client.send(call(1)))).isInstanceOf(Reply.Single.class);

        assertThat(upstream.accepted()).isEqualTo(1);
    }

    @Test
    void a_notification_is_accepted_even_as_node_says_so() {
        upstream.on("notifications/a", Script.status(202));
        upstream.on("notifications/b", Script.steps(Script.chunked(202), Step.end()));

        assertThat(got(client.send(notification("notifications/a")))).isEqualTo(new Reply.Accepted());
        assertThat(got(client.send(notification("notifications/b")))).isEqualTo(new Reply.Accepted());
        assertThat(got(client.send(notification("notifications/a")))).isEqualTo(new Reply.Accepted());

        assertThat(upstream.accepted()).isEqualTo(1);
    }

    @Test
    void a_refusal_keeps_its_json_rpc_error() {
        upstream.on("tools/call", Script.error(404, Codes.METHOD_NOT_FOUND));

        var refused = (Reply.Refused) got(client.send(call(1)));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo(Message.Kind.ERROR));
    }

    @Test
    void a_refusal_in_html_or_with_anothers_error_has_no_body() {
        upstream.on("tools/call", Script.body(502, "text/html", "<html>"));
        assertThat(got(client.send(call(1)))).isEqualTo(new Reply.Refused(502, List.of(), ""));

        upstream.on(
                "tools/call",
                Script.body(
                        400,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":99,\"error\":{\"code\":1,\"message\":\"x\"}}"));
        assertThat(got(client.send(call(1)))).isEqualTo(new Reply.Refused(400, List.of(), ""));
    }

    @Test
    void a_redirect_is_a_refusal_and_not_followed() {
        upstream.on("tools/call", Script.status(307, "Location: /elsewhere"));

        assertThat(got(client.send(call(1)))).isEqualTo(new Reply.Refused(307, List.of(), ""));
        assertThat(upstream.arrivals()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
                "Content-Type: application/json\r\nContent-Length: 6\r\n\r\n{\"no\":",
                "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n[]",
                "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Type: application/json\r\nContent-Length: 36\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}",
                "Content-Type: application/json\r\nContent-Length: 20001\r\n\r\n{",
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                "Content-Type: application/json\r\nMcp-Session-Id: a b\r\nContent-Length: 36\r\n\r\n"
                        + "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{ }}",
            })
    void what_is_no_mcp_is_garbled(String rest) {
        upstream.on(
                "tools/call",
                Script.steps(Step.send("HTTP/1.1 200 OK\r\n" + rest), Step.send(" ".repeat(21_000)), Step.hang()));

        assertThat(kind(got(client.send(call(1))))).isEqualTo(Fault.Kind.GARBLED);
        assertThat(client.inUse()).isZero();
    }

    @Test
    void what_is_no_http_is_garbled() {
        upstream.on("tools/call", Script.steps(Step.send("SSH-2.0-OpenSSH\r\n\r\n"), Step.hang()));

        assertThat(kind(got(client.send(call(1))))).isEqualTo(Fault.Kind.GARBLED);
    }

    @Test
    void a_connection_lost_after_sending_leaves_the_outcome_unknown_and_nothing_is_repeated() {
        upstream.on("tools/call", Script.steps(Step.drop()));
        assertThat(kind(got(client.send(call(1))))).isEqualTo(Fault.Kind.UNKNOWN);

        upstream.on("tools/call", Script.steps(Step.close()));
        assertThat(kind(got(client.send(call(2))))).isEqualTo(Fault.Kind.UNKNOWN);

        upstream.on("tools/call", Script.steps(Step.send(LONG + "{"), Step.drop()));
        assertThat(kind(got(client.send(call(3))))).isEqualTo(Fault.Kind.UNKNOWN);

        assertThat(upstream.arrivals()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Ty", LONG + "{\"jsonrpc\""})
    void an_upstream_that_hangs_is_given_up_and_its_connection_closed(String beginning) throws Exception {
        connect();
        upstream.on("tools/call", Script.steps(Step.send(beginning), Step.hang()));

        assertThat(kind(got(client.send(call(1, Duration.ofMillis(200)))))).isEqualTo(Fault.Kind.TOO_SLOW);

        upstream.awaitOpen(0);
    }

    @Test
    void an_upstream_that_trickles_is_given_up() throws Exception {
        connect();
        upstream.on("tools/call", Script.trickle(LONG + " ".repeat(1000), Duration.ofMillis(2)));

        assertThat(kind(got(client.send(call(1, Duration.ofMillis(300)))))).isEqualTo(Fault.Kind.TOO_SLOW);

        upstream.awaitOpen(0);
    }

    @Test
    void cancelling_closes_the_connection_and_frees_the_place() throws Exception {
        upstream.on("tools/call", Script.hang());
        var reply = client.send(call(1));
        upstream.next();

        reply.cancel(true);

        upstream.awaitOpen(0);
        upstream.on("tools/call", Script.result("{}"));
        assertThat(got(client.send(call(2)))).isInstanceOf(Reply.Single.class);
    }

    @Test
    void an_upstream_that_is_not_there_was_sent_nothing() {
        upstream.close();

        assertThat(kind(got(client.send(call(1))))).isEqualTo(Fault.Kind.NOT_SENT);
        assertThat(client.inUse()).isZero();
    }

    @Test
    void an_address_closed_to_the_entry_is_not_dialled() {
        var entry = at(URI.create("https://127.0.0.1:" + upstream.port() + "/"));
        var closed = new Upstream(
                entry.id(),
                entry.tenant(),
                entry.url(),
                entry.speaks(),
                Network.PRIVATE,
                entry.calls(),
                entry.streams(),
                entry.connect(),
                entry.deadline(),
                entry.quiet());

        try (var barred = new StreamableClient(KIT.system(), closed, Upstreaming.settings())) {
            assertThat(got(barred.send(call(1))))
                    .isEqualTo(new Reply.Failed(
                            Fault.notSent("host leads to an address that is LOOPBACK, closed to this upstream")));
        }
        assertThat(upstream.accepted()).isZero();
    }

    @Test
    void a_url_that_can_be_misread_is_not_dialled() {
        try (var barred =
                new StreamableClient(KIT.system(), at(URI.create("http://2130706433/")), Upstreaming.settings())) {
            assertThat(kind(got(barred.send(call(1))))).isEqualTo(Fault.Kind.NOT_SENT);
        }
    }

    @Test
    void a_session_is_ended() throws Exception {
        upstream.on("DELETE", Script.body(200, "text/plain", "bye"));

        assertThat(got(client.send(new Outbound.Delete(List.of(Header.session("s-1"))))))
                .isEqualTo(new Reply.Accepted());

        assertThat(upstream.next().header("Mcp-Session-Id")).isEqualTo("s-1");
    }

    @Test
    void an_upstream_that_hangs_up_while_idle_costs_no_call() throws Exception {
        upstream.on("tools/call", Script.result("{}"));
        for (int i = 0; i < 10; i++) {
            assertThat(got(client.send(call(i)))).isInstanceOf(Reply.Single.class);
            upstream.hangUp();
            upstream.awaitOpen(0);
            awaitConnections(0);
        }
    }

    @Test
    void an_idle_connection_is_closed_after_a_while() throws Exception {
        upstream.on("tools/call", Script.result("{}"));
        try (var hasty = new StreamableClient(
                KIT.system(), at(upstream.url()), Upstreaming.settings("gateway.upstream.pool.idle = 50 ms"))) {
            got(hasty.send(call(1)));

            upstream.awaitOpen(0);
            assertThat(hasty.connections()).isZero();
        }
    }

    @Test
    void a_closed_client_takes_nothing_new_and_ends_what_is_under_way() throws Exception {
        var gate = new CompletableFuture<Void>();
        upstream.on(
                "tools/call",
                arrival -> List.of(
                        Step.await(gate), Script.http(200, "application/json", Script.resultOf(arrival, "{}"))));
        var running = client.send(call(1));
        upstream.next();

        client.close();

        assertThat(kind(got(client.send(call(2))))).isEqualTo(Fault.Kind.NOT_SENT);
        gate.complete(null);
        assertThat(got(running)).isInstanceOf(Reply.Single.class);
        upstream.awaitOpen(0);
    }

    /// So that a short deadline afterwards is not spent on making the connection.
    private void connect() {
        upstream.on("tools/call", Script.result("{}"));
        got(client.send(call(0)));
    }

    private void awaitConnections(int expected) {
        KIT.createTestProbe().awaitAssert(() -> {
            assertThat(client.connections()).isEqualTo(expected);
            return expected;
        });
    }

    private static Outbound.Post notification(String method) {
        return new Outbound.Post(Message.notification(method, "{}"), List.of(), Duration.ofSeconds(5));
    }

    static Fault.Kind kind(Reply reply) {
        return reply instanceof Reply.Failed(var fault) ? fault.kind() : throwUnexpected(reply);
    }

    private static Fault.Kind throwUnexpected(Reply reply) {
        throw new AssertionError("not failed but " + reply);
    }
}
