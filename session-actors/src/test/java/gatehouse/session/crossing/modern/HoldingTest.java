package gatehouse.session.crossing.modern;

import static gatehouse.session.crossing.modern.Facing.call;
import static gatehouse.session.crossing.modern.Facing.post;
import static gatehouse.session.crossing.modern.Facing.raw;
import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.Agent;
import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.AgentKey;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.KeyHash;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.Dialogue;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Hops;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On whose behalf something is held at an upstream, and until when.
class HoldingTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final TenantId CREW = new TenantId("crew");
    private static final Principal ALICE = new Principal(CREW, new AgentId("alice"));
    private static final Principal BOB = new Principal(new TenantId("others"), new AgentId("bob"));
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Queue<Outbound> sent = new ConcurrentLinkedQueue<>();
    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final ModernFaces faces = new ModernFaces(
            KIT.system(),
            upstream -> outbound -> {
                sent.add(outbound);
                return upstreams.client(upstream).send(outbound);
            },
            Facing.settings(),
            Instant::now);

    @AfterEach
    void close() {
        faces.close().join();
        upstreams.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private static Catalogue letting(TenantId tenant, Upstream upstream) {
        var route = Route.to(
                new RouteId("r"),
                upstream.id(),
                new Access(false, Set.of(tenant), Set.of()),
                Set.of(),
                Journal.DURABLE,
                1000);
        return new Catalogue(
                1,
                Map.of(),
                Map.of(ALICE.agent(), agent(ALICE), BOB.agent(), agent(BOB)),
                Map.of(upstream.id(), upstream),
                Map.of(route.id(), route),
                Map.of());
    }

    private static Agent agent(Principal principal) {
        var name = principal.agent().value();
        var key = new AgentKey(name, KeyHash.of(name), NOW.plusSeconds(60));
        return new Agent(principal.agent(), principal.tenant(), List.of(key));
    }

    @Test
    void what_somebody_may_not_use_any_more_is_let_go_of_and_what_others_may_stays() {
        try (var upstream = FakeUpstream.legacy()) {
            var declared = at(upstream.url());
            var dialogue = Dialogue.with(upstream);
            upstream.on("notifications/cancelled", Script.status(202));
            upstream.on("tools/call", dialogue.asking("elicitation/create", Dialogue.form("Who?")));
            single(got(faces.of(ALICE, declared).send(call("1", "ask"))));
            var asking = single(got(faces.of(BOB, declared).send(call("2", "ask"))));

            faces.retain(letting(CREW, declared), NOW);
            assertThat(faces.parked()).as("alice's").isOne();
            faces.retain(letting(BOB.tenant(), declared), NOW);

            assertThat(faces.parked()).isZero();
            ParkingTest.eventually(() -> faces.legs() == 0
                    && dialogue.open() == 0
                    && count(upstream, "notifications/cancelled") == 2
                    && count(upstream, "DELETE") == 2
                    && upstreams.client(declared).inUse() == 0);
            var late = single(got(faces.of(BOB, declared).send(answering("3", asking))));
            assertThat(raw(late, Place.ERROR_DATA)).contains("\"outcome\":\"unknown\"");
        }
    }

    @Test
    void a_call_that_may_go_on_waiting_is_answered_after_the_review() {
        try (var upstream = FakeUpstream.legacy()) {
            var declared = at(upstream.url());
            upstream.on("tools/call", Dialogue.with(upstream).asking("elicitation/create", Dialogue.form("Who?")));
            var asking = single(got(faces.of(ALICE, declared).send(call("1", "ask"))));

            faces.retain(letting(CREW, declared), NOW);

            var answer = single(got(faces.of(ALICE, declared).send(answering("2", asking))));
            assertThat(raw(answer, Place.RESULT)).contains("Ada");
            assertThat(faces.legs()).isOne();
        }
    }

    /// Otherwise one principal could take all connections of an upstream.
    @Test
    void everything_on_a_leg_is_on_behalf_of_its_principal() {
        try (var upstream = FakeUpstream.legacy()) {
            var declared = at(upstream.url());
            upstream.on("GET", Script.hang());
            upstream.on("tools/call", Dialogue.with(upstream).asking("elicitation/create", Dialogue.form("Who?")));
            var asking = single(got(faces.of(ALICE, declared).send(call("1", "ask"))));
            single(got(faces.of(ALICE, declared).send(answering("2", asking))));
            var listening = got(faces.of(ALICE, declared)
                    .send(post("3", "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}")));
            ((Reply.Streamed) listening).events().runWith(Sink.ignore(), KIT.system());

            assertThat(sent)
                    .hasSizeGreaterThanOrEqualTo(5)
                    .allSatisfy(outbound -> assertThat(outbound.owner()).isEqualTo("crew/alice"));
        }
    }

    /// A route may lead back to the gateway by way of a face as well.
    @Test
    void hops_are_counted_on_with_the_request_and_with_the_session_it_needs() {
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.result("{\"content\":[]}"))) {
            var came = new Hops(2).onward();
            var asked = call("1", "echo");
            var headers = new ArrayList<>(asked.headers());
            headers.addAll(came);

            single(got(faces.of(ALICE, at(upstream.url()))
                    .send(new Outbound.Post(asked.message(), headers, asked.deadline()))));

            assertThat(sent)
                    .filteredOn(outbound -> outbound instanceof Outbound.Post post
                            && Set.of("initialize", "tools/call")
                                    .contains(post.message().method()))
                    .hasSize(2)
                    .allSatisfy(outbound ->
                            assertThat(Hops.among(outbound.headers())).isEqualTo(came));
        }
    }

    @Test
    void a_session_that_takes_the_place_of_another_ends_that() {
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on(
                    "tools/call",
                    arrival -> count(upstream, "tools/call") == 1
                            ? Script.error(404, -32001).answer(arrival)
                            : Script.result("{\"content\":[]}").answer(arrival));

            single(got(faces.of(ALICE, at(upstream.url())).send(call("1", "echo"))));

            ParkingTest.eventually(() -> count(upstream, "DELETE") == 1);
            assertThat(sessions(upstream, "DELETE"))
                    .singleElement()
                    .isEqualTo(sessions(upstream, "tools/call").getFirst());
            assertThat(sessions(upstream, "tools/call")).hasSize(2).doesNotHaveDuplicates();
        }
    }

    private static List<String> sessions(FakeUpstream upstream, String key) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals(key))
                .map(arrival -> arrival.header("mcp-session-id"))
                .toList();
    }

    private static long count(FakeUpstream upstream, String key) {
        return upstream.arrivals().stream()
                .map(Arrival::key)
                .filter(key::equals)
                .count();
    }

    private static Outbound.Post answering(String id, Message asking) {
        var state = asking.text(Place.RESULT_REQUEST_STATE).orElseThrow();
        return post(
                id,
                "tools/call",
                "\"name\":\"ask\",\"arguments\":{},\"requestState\":\"" + state
                        + "\",\"inputResponses\":{\"question-1\":"
                        + "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}}");
    }

    private static Message single(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Single.class);
        return ((Reply.Single) reply).message();
    }
}
