package gatehouse.session.upstream.sse;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.call;
import static gatehouse.session.upstream.Upstreaming.got;
import static gatehouse.session.upstream.sse.SseSaying.headers;
import static gatehouse.session.upstream.sse.SseSaying.in;
import static gatehouse.session.upstream.sse.SseSaying.kind;
import static gatehouse.session.upstream.sse.SseSaying.list;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeSse;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How HTTP+SSE sessions begin and end.
class SseOpeningTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final String CHANGED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

    private final FakeUpstream upstream = FakeUpstream.start();
    private final FakeSse sse = FakeSse.at(upstream);
    private final Upstreams upstreams = SseSaying.upstreams(KIT.system(), "backlog = 2, unread = 2, calls = 3");
    private final Upstreams hastily = SseSaying.upstreams(KIT.system(), "endpoint = 1 s, idle = 100 ms");
    private final SseClient client = new SseClient(upstreams.line(at(upstream.url())));
    private final SseClient hasty = new SseClient(hastily.line(at(upstream.url())));

    @AfterEach
    void close() throws Exception {
        client.close();
        hasty.close();
        upstreams.close();
        hastily.close();
        upstream.awaitOpen(0);
        upstream.close();
        assertThat(client.sessions()).isZero();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void a_session_begins_with_a_stream_and_messages_go_where_it_says() throws Exception {
        var session = open();
        var reply = (Reply.Single) got(client.send(in(session, list(1))));

        assertThat(reply.message().id()).contains(new Id.Number(1));
        assertThat(reply.session()).isEmpty();
        assertThat(upstream.next().method()).isEqualTo("GET");
        assertThat(upstream.next().target()).startsWith("/message?sessionId=");
        var list = upstream.next();
        assertThat(list.header("MCP-Protocol-Version")).isEqualTo("2024-11-05");
        assertThat(list.header("Mcp-Session-Id")).as("means nothing to it").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"message?sessionId=", "?sessionId=", "http://127.0.0.1:%d/other?s="})
    void an_endpoint_may_be_named_in_any_form_within_its_origin(String form) {
        sse.naming(form.formatted(upstream.port()));

        assertThat(open()).startsWith("gatehouse-sse-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2:%d/message?sessionId=",
                "//elsewhere.example.org/message?sessionId=",
                "https://127.0.0.1:%d/message?sessionId=",
                "http://127.0.0.1:1/message?sessionId=",
                "http://user@127.0.0.1:%d/message?sessionId=",
                "/\\\\elsewhere.example.org/?sessionId=",
                "/message#?sessionId="
            })
    void an_endpoint_of_another_origin_is_refused(String form) {
        sse.naming(form.formatted(upstream.port()));

        assertThat(kind(got(client.send(SseSaying.initialize())))).isEqualTo(Fault.Kind.GARBLED);
        assertThat(upstream.arrivals()).hasSize(1);
    }

    @Test
    void a_stream_without_an_endpoint_is_not_waited_for_for_long() {
        upstream.on("GET", Script.events(Step.chunk(": wait\n\n"), Step.hang()));

        assertThat(kind(got(hasty.send(SseSaying.initialize())))).isEqualTo(Fault.Kind.GARBLED);
    }

    @Test
    void a_stream_that_begins_otherwise_is_refused() {
        upstream.on("GET", Script.events(Step.event(CHANGED), Step.hang()));

        assertThat(kind(got(client.send(SseSaying.initialize())))).isEqualTo(Fault.Kind.GARBLED);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 404, 405, 503})
    void a_refused_stream_is_a_refusal(int status) {
        upstream.on("GET", Script.status(status, "Location: http://127.0.0.1:1/"));

        assertThat(got(client.send(SseSaying.initialize()))).isEqualTo(new Reply.Refused(status, List.of(), ""));
        assertThat(upstream.arrivals()).hasSize(1);
    }

    @Test
    void a_refused_initialize_leaves_no_session() throws Exception {
        sse.on("initialize", arrival -> List.of(Step.event(Script.errorOf(arrival, -32602))));

        var reply = (Reply.Single) got(client.send(SseSaying.initialize()));

        assertThat(reply.message().kind()).isEqualTo(Message.Kind.ERROR);
        assertThat(reply.session()).isEmpty();
        assertThat(client.sessions()).isZero();
    }

    @Test
    void delete_closes_the_stream() throws Exception {
        var session = open();

        assertThat(got(client.send(new Outbound.Delete(headers(session))))).isEqualTo(new Reply.Accepted());
        assertThat(got(client.send(new Outbound.Delete(headers(session)))))
                .isEqualTo(new Reply.Refused(404, List.of(), ""));
    }

    @Test
    void a_session_nobody_uses_is_closed_by_itself() throws Exception {
        got(hasty.send(SseSaying.initialize()));

        upstream.awaitOpen(0);

        assertThat(hasty.sessions()).isZero();
    }

    @Test
    void initialize_given_up_leaves_nothing() throws Exception {
        var gate = new CompletableFuture<Void>();
        upstream.on("GET", Script.events(Step.await(gate)));
        var opening = client.send(SseSaying.initialize());
        upstream.next();

        opening.cancel(true);

        upstream.awaitOpen(0);
        assertThat(client.sessions()).isZero();
    }

    @Test
    void nothing_is_sent_outside_of_a_session() {
        assertThat(got(client.send(call(1)))).isEqualTo(new Reply.Refused(400, List.of(), ""));
        assertThat(upstream.accepted()).isZero();
    }

    /// Each holds one of the few streams that an upstream has.
    @Test
    void one_agent_leaves_room_for_sessions_of_others() {
        for (var i = 0; i < 3; i++) {
            assertThat(got(client.send(initialize("one")))).isInstanceOf(Reply.Single.class);
        }

        assertThat(kind(got(client.send(initialize("one"))))).isEqualTo(Fault.Kind.NOT_SENT);
        assertThat(got(client.send(initialize("other")))).isInstanceOf(Reply.Single.class);
    }

    private static Outbound.Post initialize(String owner) {
        var hello = SseSaying.initialize();
        return new Outbound.Post(hello.message(), hello.headers(), hello.deadline(), owner);
    }

    private String open() {
        return ((Reply.Single) got(client.send(SseSaying.initialize()))).session();
    }
}
