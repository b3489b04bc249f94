package gatehouse.session.upstream;

import static gatehouse.session.upstream.StreamableClientTest.kind;
import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.call;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Upstreams that mean harm, or speak an HTTP that few speak.
class HostileUpstreamTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    private final FakeUpstream upstream = FakeUpstream.start();
    private final StreamableClient client =
            new StreamableClient(KIT.system(), at(upstream.url()), Upstreaming.settings());

    @AfterEach
    void close() {
        client.close();
        upstream.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    /// Pekko's parser calls itself once for each: some hundred of them are a stack overflow, which ends the
    /// process.
    @Test
    void a_flood_of_interim_answers_ends_its_connection_and_nothing_else() throws Exception {
        var flood = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(20_000);
        upstream.on("tools/call", Script.steps(Step.send(flood), Step.hang()));

        assertThat(kind(got(client.send(call(1))))).isEqualTo(Fault.Kind.GARBLED);

        upstream.awaitOpen(0);
        upstream.on(
                "tools/call",
                arrival -> List.of(
                        Step.send("HTTP/1.1 100 Continue\r\n\r\n"),
                        Script.http(200, "application/json", Script.resultOf(arrival, "{}"))));
        assertThat(got(client.send(call(2)))).isInstanceOf(Reply.Single.class);
    }

    /// The HTTP layer would gather it to its end before anybody could count it.
    @Test
    void one_huge_chunk_is_bounded_as_it_arrives() throws Exception {
        upstream.on(
                "tools/call",
                Script.steps(
                        Step.send(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nf00000\r\n"
                                        + "x".repeat(300_000)),
                        Step.hang()));

        try (var narrow = new StreamableClient(
                KIT.system(), at(upstream.url()), Upstreaming.settings("gateway.upstream.bounds.body = 128 KiB"))) {
            assertThat(kind(got(narrow.send(call(1))))).isEqualTo(Fault.Kind.GARBLED);
        }
        upstream.awaitOpen(0);
    }

    @Test
    void an_answer_to_nothing_is_not_kept_for_the_next_call() throws Exception {
        upstream.on(
                "tools/call",
                arrival -> List.of(
                        Script.http(200, "application/json", Script.resultOf(arrival, "{}")),
                        Script.http(202, "text/plain", "late")));

        assertThat(got(client.send(call(1)))).isInstanceOf(Reply.Single.class);

        upstream.awaitOpen(0);
        awaitConnections(0);
    }

    /// As servers of HTTP/1.0 do, and simple ones to this day.
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\n", "HTTP/1.0 200 OK\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\n"})
    void an_answer_that_ends_with_its_connection_arrives(String head) {
        upstream.on(
                "tools/call",
                arrival -> List.of(
                        Step.send(head + "Content-Type: application/json\r\n\r\n"),
                        Step.send(Script.resultOf(arrival, "{\"text\":\"" + "x".repeat(9000) + "\"}")),
                        Step.close()));

        for (var i = 0; i < 20; i++) {
            assertThat(got(client.send(call(i)))).isInstanceOf(Reply.Single.class);
        }

        assertThat(upstream.accepted()).isEqualTo(20);
        assertThat(client.inUse()).isZero();
    }

    @Test
    void the_last_answer_of_a_connection_arrives_in_pieces() {
        upstream.on(
                "tools/call",
                arrival -> List.of(
                        Script.chunked(200, "Content-Type: application/json", "Connection: close"),
                        Step.chunk(Script.resultOf(arrival, "{}").substring(0, 5)),
                        Step.chunk(Script.resultOf(arrival, "{}").substring(5)),
                        Step.end(),
                        Step.close()));

        for (var i = 0; i < 20; i++) {
            assertThat(got(client.send(call(i)))).isInstanceOf(Reply.Single.class);
        }
    }

    @Test
    void one_cut_short_with_its_connection_is_held_back() {
        upstream.on(
                "tools/call",
                arrival -> List.of(
                        Step.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"),
                        Step.send(Script.resultOf(arrival, "{").substring(0, 20)),
                        Step.close()));

        assertThat(kind(got(client.send(call(1))))).isEqualTo(Fault.Kind.GARBLED);
    }

    private void awaitConnections(int expected) {
        KIT.createTestProbe().awaitAssert(() -> {
            assertThat(client.connections()).isEqualTo(expected);
            return expected;
        });
    }
}
