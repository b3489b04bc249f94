package gatehouse.session.crossing.legacy;

import static gatehouse.session.crossing.legacy.Stand.answer;
import static gatehouse.session.crossing.legacy.Stand.ended;
import static gatehouse.session.crossing.legacy.Stand.next;
import static gatehouse.session.crossing.legacy.Stand.post;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Upstreaming;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A modern upstream asks in mid-call; an old client answers.
class RoundsTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Session ASKABLE = Fronting.session("2025-11-25", Fronting.ASKABLE);
    private static final Session MUTE = Fronting.session("2025-11-25", "{}");
    private static final String FORM = "{\"method\":\"elicitation/create\",\"params\":{\"message\":\"who?\"}}";
    private static final String SAMPLING = "{\"method\":\"sampling/createMessage\",\"params\":{\"maxTokens\":1}}";
    private static final String DONE = "{\"resultType\":\"complete\",\"messages\":[]}";
    private static final Outbound.Post GET = post("prompts/get", "{\"name\":\"p\",\"_meta\":{\"progressToken\":7}}");

    private final Stand stand = new Stand(
            KIT.system(),
            "gateway.crossing.legacy.rounds = 2",
            "gateway.crossing.legacy.retry = 1 ms",
            "gateway.crossing.legacy.waiting = 2");

    @AfterEach
    void close() {
        stand.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private static String asking(String requests, String state) {
        return "{\"resultType\":\"input_required\",\"inputRequests\":{" + requests + "}"
                + (state.isEmpty() ? "" : ",\"requestState\":" + state) + "}";
    }

    /// Asks until it is told, then does as it is told to.
    private static Script until(String told, Script asking, Script then) {
        return arrival -> (arrival.body().contains(told) ? then : asking).answer(arrival);
    }

    @Test
    void a_question_is_put_on_the_calls_own_stream_and_the_call_repeated_with_its_answer() {
        stand.upstream.on(
                "prompts/get",
                until(
                        "inputResponses",
                        Script.result(asking("\"who\":" + FORM, "\"st\\u0061te=\"")),
                        Script.result(DONE)));

        var stream = stand.open(got(stand.face(ASKABLE).send(GET)));
        var question = next(stream);
        got(stand.face(ASKABLE).send(answer(question, "{\"action\":\"accept\",\"content\":{\"name\":\"Ann\"}}")));

        assertThat(question.kind()).isEqualTo(Message.Kind.REQUEST);
        assertThat(question.method()).isEqualTo("elicitation/create");
        assertThat(raw(question, Place.PARAMS)).isEqualTo("{\"message\":\"who?\"}");
        assertThat(next(stream)).isEqualTo(Message.result(Stand.ID, "{\"messages\":[]}"));
        assertThat(ended(stream)).isTrue();
        var rounds = stand.arrivals("prompts/get");
        assertThat(rounds).extracting(Arrival::rpcId).doesNotHaveDuplicates().hasSize(2);
        assertThat(rounds.getLast().body())
                .contains("\"inputResponses\":{\"who\":{\"action\":\"accept\",\"content\":{\"name\":\"Ann\"}}}")
                .contains("\"requestState\":\"state=\"")
                .contains("\"name\":\"p\"");
        assertThat(stand.faces.waiting()).isZero();
    }

    @Test
    void all_questions_of_a_round_are_put_at_once() {
        stand.upstream.on(
                "prompts/get",
                until(
                        "inputResponses",
                        Script.result(asking("\"who\":" + FORM + ",\"what\":" + SAMPLING, "")),
                        Script.result(DONE)));

        var stream = stand.open(got(stand.face(ASKABLE).send(GET)));
        var form = next(stream);
        var sampling = next(stream);
        got(stand.face(ASKABLE).send(answer(sampling, "{\"role\":\"assistant\"}")));
        got(stand.face(ASKABLE).send(answer(form, "{\"action\":\"decline\"}")));

        assertThat(next(stream).kind()).isEqualTo(Message.Kind.RESULT);
        assertThat(stand.arrivals("prompts/get").getLast().body())
                .contains("\"inputResponses\":{\"who\":{\"action\":\"decline\"},\"what\":{\"role\":\"assistant\"}}")
                .doesNotContain("requestState");
    }

    @Test
    void what_is_told_in_every_round_goes_on_one_stream_under_the_clients_token() {
        stand.upstream.on(
                "prompts/get",
                Script.eventsOf(arrival -> List.of(
                        Step.event(progress(arrival, arrival.body().contains("inputResponses") ? 60 : 50)),
                        Step.event(Script.resultOf(
                                arrival,
                                arrival.body().contains("inputResponses") ? DONE : asking("\"who\":" + FORM, ""))),
                        Step.end())));

        var stream = stand.open(got(stand.face(ASKABLE).send(GET)));
        var first = next(stream);
        got(stand.face(ASKABLE).send(answer(next(stream), "{\"action\":\"cancel\"}")));
        var second = next(stream);

        assertThat(List.of(first, second))
                .extracting(told -> raw(told, Place.PARAMS_PROGRESS_TOKEN))
                .containsOnly("7");
        assertThat(List.of(first, second))
                .extracting(told -> raw(told, Place.PARAMS_PROGRESS))
                .containsExactly("50", "60");
        assertThat(next(stream).kind()).isEqualTo(Message.Kind.RESULT);
        assertThat(ended(stream)).isTrue();
    }

    private static String progress(Arrival arrival, int value) {
        var token = arrival.body().replaceAll(".*\"progressToken\":(\"[^\"]+\").*", "$1");
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + token
                + ",\"progress\":" + value + "}}";
    }

    @Test
    void rounds_have_an_end() {
        stand.upstream.on("prompts/get", Script.result(asking("\"who\":" + FORM, "")));

        var stream = stand.open(got(stand.face(ASKABLE).send(GET)));
        got(stand.face(ASKABLE).send(answer(next(stream), "{\"action\":\"accept\"}")));
        got(stand.face(ASKABLE).send(answer(next(stream), "{\"action\":\"accept\"}")));

        assertThat(raw(next(stream), Place.ERROR_MESSAGE)).contains("still asked after 2 rounds");
        assertThat(ended(stream)).isTrue();
    }

    @Test
    void a_client_that_cannot_be_asked_is_told_what_it_lacks() {
        stand.upstream.on("prompts/get", Script.result(asking("\"what\":" + SAMPLING, "")));

        var stream = stand.open(got(stand.face(MUTE).send(GET)));

        assertThat(raw(next(stream), Place.ERROR_MESSAGE)).endsWith(": sampling\"");
        assertThat(ended(stream)).isTrue();
        assertThat(stand.arrivals("prompts/get")).hasSize(1);
    }

    @Test
    void a_client_that_answers_with_an_error_ends_the_call() {
        stand.upstream.on("prompts/get", Script.result(asking("\"what\":" + SAMPLING, "")));

        var stream = stand.open(got(stand.face(ASKABLE).send(GET)));
        var question = next(stream);
        got(stand.face(ASKABLE)
                .send(new Outbound.Post(
                        Message.error(question.id().orElseThrow(), -1, "rejected"), List.of(), Duration.ofSeconds(1))));

        assertThat(raw(next(stream), Place.ERROR_MESSAGE)).contains("with an error: sampling/createMessage");
        assertThat(stand.arrivals("prompts/get")).hasSize(1);
    }

    @Test
    void a_call_that_is_put_off_is_repeated_in_a_while() {
        stand.upstream.on(
                "prompts/get",
                until(
                        "\"requestState\":\"later\"",
                        Script.result("{\"resultType\":\"input_required\",\"requestState\":\"later\"}"),
                        Script.result(DONE)));

        var stream = stand.open(got(stand.face(MUTE).send(GET)));

        assertThat(next(stream)).isEqualTo(Message.result(Stand.ID, "{\"messages\":[]}"));
    }

    @Test
    void a_call_is_not_put_off_forever() {
        stand.upstream.on(
                "prompts/get", Script.result("{\"resultType\":\"input_required\",\"requestState\":\"later\"}"));

        var stream = stand.open(got(stand.face(MUTE).send(GET)));

        assertThat(raw(next(stream), Place.ERROR_MESSAGE)).contains("after 2 rounds");
        assertThat(stand.arrivals("prompts/get")).hasSize(3);
    }

    @Test
    void neither_question_nor_state_is_no_answer() {
        stand.upstream.on("prompts/get", Script.result("{\"resultType\":\"input_required\"}"));

        var stream = stand.open(got(stand.face(ASKABLE).send(GET)));

        assertThat(raw(next(stream), Place.ERROR_MESSAGE)).contains("not valid MCP");
    }

    @Test
    void questions_beyond_what_the_node_holds_are_not_asked() {
        stand.upstream.on("prompts/get", Script.result(asking("\"a\":" + FORM + ",\"b\":" + FORM, "")));

        var first = stand.open(got(stand.face(ASKABLE).send(GET)));
        next(first);
        var second = stand.open(got(stand.face(ASKABLE).send(GET)));

        assertThat(raw(next(second), Place.ERROR_MESSAGE)).contains("too many questions");
        assertThat(stand.faces.waiting()).isEqualTo(2);
    }

    @Test
    void a_call_that_is_given_up_leaves_nobody_waiting() {
        stand.upstream.on("prompts/get", Script.result(asking("\"who\":" + FORM, "")));
        var stream = stand.open(got(stand.face(ASKABLE).send(GET)));
        next(stream);
        assertThat(stand.faces.waiting()).isOne();

        stream.cancel();

        KIT.createTestProbe().awaitAssert(() -> {
            assertThat(stand.faces.waiting()).isZero();
            return true;
        });
    }

    @Test
    void a_stream_that_nobody_reads_asks_nothing() {
        stand.upstream.on("prompts/get", Script.result(asking("\"who\":" + FORM, "")));

        got(stand.face(ASKABLE).send(GET));

        assertThat(stand.faces.waiting()).isZero();
    }

    @Test
    void a_call_given_up_in_its_second_round_is_given_up_at_the_upstream() throws Exception {
        stand.upstream.on(
                "prompts/get", until("inputResponses", Script.result(asking("\"who\":" + FORM, "")), Script.hang()));
        var stream = stand.open(got(stand.face(ASKABLE).send(GET)));
        got(stand.face(ASKABLE).send(answer(next(stream), "{\"action\":\"accept\"}")));
        stand.upstream.next();
        stand.upstream.next();

        stream.cancel();

        stand.upstream.awaitOpen(0);
    }

    @Test
    void an_upstream_that_fails_in_a_later_round_fails_the_call_in_our_words() {
        stand.upstream.on(
                "prompts/get",
                until("inputResponses", Script.result(asking("\"who\":" + FORM, "")), Script.status(503)));

        var stream = stand.open(got(stand.face(ASKABLE).send(GET)));
        got(stand.face(ASKABLE).send(answer(next(stream), "{\"action\":\"accept\"}")));

        assertThat(raw(next(stream), Place.ERROR_MESSAGE)).contains("HTTP 503");
    }

    private static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }
}
