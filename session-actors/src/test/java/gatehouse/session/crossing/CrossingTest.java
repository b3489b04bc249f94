package gatehouse.session.crossing;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.RouteId;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.crossing.legacy.Fronting;
import gatehouse.session.crossing.modern.Facing;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.federation.Federating;
import gatehouse.session.lifecycle.Leg;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrossingTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final Crossing crossing = new Crossing(
            KIT.system(),
            upstreams,
            new Eras(KIT.system(), upstreams, Upstreaming.settings().probing(), time::get),
            new Crossing.Faces(
                    Fronting.faces(KIT.system(), time::get),
                    Facing.settings(),
                    Federating.federations(KIT.system(), time::get)),
            time::get);

    @AfterEach
    void close() {
        upstreams.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void a_modern_client_reaches_a_legacy_upstream_over_a_session_of_the_gateways_own() {
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.result("{\"content\":[]}"))) {
            var reply =
                    got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall()));

            assertThat(reply).isInstanceOf(Reply.Single.class);
            assertThat(upstream.arrivals())
                    .extracting(Arrival::key)
                    .containsExactly(
                            "server/discover",
                            "GET", // is it HTTP+SSE?
                            "initialize",
                            "notifications/initialized",
                            "tools/call");
        }
    }

    @Test
    void a_legacy_client_opens_a_session_at_a_modern_upstream() {
        try (var upstream = FakeUpstream.modern()) {
            var reply = got(
                    crossing.opening(at(upstream.url()), Principal.ANONYMOUS).send(initialize()));

            assertThat(reply).isInstanceOfSatisfying(Reply.Single.class, single -> {
                assertThat(single.message().text(Place.RESULT_PROTOCOL_VERSION)).contains("2025-06-18");
                assertThat(new Leg(single.session(), "2025-06-18").modern()).isTrue();
            });
        }
    }

    @Test
    void a_leg_into_an_era_that_is_spoken_no_more_counts_as_lost() {
        try (var turnedModern = FakeUpstream.modern().on("tools/call", Script.error(400, -32022));
                var turnedLegacy = FakeUpstream.legacy().on("tools/call", Script.error(400, -32000))) {
            var legacy = session(new Leg("upstreams-own", "2025-11-25"));
            var modern = session(new Leg(Leg.modernSession(), "2025-11-25"));

            assertThat(got(crossing.legacy(at(turnedModern.url()), legacy).send(legacyCall())))
                    .isEqualTo(new Reply.Refused(404, List.of(), ""));
            assertThat(got(crossing.legacy(at(turnedLegacy.url()), modern).send(legacyCall())))
                    .isEqualTo(new Reply.Refused(404, List.of(), ""));
        }
    }

    /// Else it would be opened again, and what is asked on the old one could be answered no more.
    @Test
    void a_leg_on_which_there_is_nothing_to_hear_is_kept() {
        try (var upstream = FakeUpstream.modern()) {
            var session = session(new Leg(Leg.modernSession(), "2025-11-25"));

            assertThat(got(crossing.legacy(at(upstream.url()), session).send(new Outbound.Listen("", List.of()))))
                    .isEqualTo(new Reply.Accepted());
        }
    }

    @Test
    void each_reaches_an_upstream_of_both_eras() {
        try (var upstream = FakeUpstream.dual().on("tools/call", Script.result("{\"resultType\":\"complete\"}"))) {
            assertThat(got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS)
                            .send(modernCall())))
                    .isInstanceOf(Reply.Single.class);
            assertThat(got(crossing.opening(at(upstream.url()), Principal.ANONYMOUS)
                            .send(initialize())))
                    .isInstanceOf(Reply.Single.class);
        }
    }

    @Test
    void an_upstream_nobody_could_question_answers_for_itself() {
        try (var upstream = FakeUpstream.start()
                .on("server/discover", Script.status(401))
                .on("initialize", Script.status(401))
                .on("tools/call", Script.status(401))) {
            var modern =
                    got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall()));
            var legacy = got(
                    crossing.opening(at(upstream.url()), Principal.ANONYMOUS).send(initialize()));

            assertThat(modern).isEqualTo(new Reply.Refused(401, List.of(), ""));
            assertThat(legacy).isEqualTo(new Reply.Refused(401, List.of(), ""));
        }
    }

    @Test
    void an_upstream_that_turned_legacy_is_asked_anew_but_not_at_every_call() {
        try (var upstream = FakeUpstream.modern().on("tools/call", Script.error(400, -32000))) {
            got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall()));
            got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall()));
            assertThat(count(upstream, "server/discover")).isOne();

            time.set(NOW.plusSeconds(31));
            got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall()));
            got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall()));
            assertThat(count(upstream, "server/discover")).isEqualTo(2);
        }
    }

    /// Otherwise any client could make the gateway question an upstream as often as it likes.
    @Test
    void an_error_of_both_eras_raises_no_doubt() {
        try (var upstream = FakeUpstream.modern().on("tools/call", Script.error(404, -32601))) {
            got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall()));
            time.set(NOW.plusSeconds(31));
            got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall()));
            got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall()));

            assertThat(count(upstream, "server/discover")).isOne();
        }
    }

    @Test
    void a_call_given_up_before_the_verdict_is_never_sent() throws Exception {
        var gate = new CompletableFuture<Void>();
        try (var upstream = FakeUpstream.modern()
                .on("tools/call", Script.result("{}"))
                .on(
                        "server/discover",
                        arrival -> List.of(
                                Step.await(gate),
                                Script.http(
                                        200,
                                        "application/json",
                                        Script.resultOf(arrival, "{\"supportedVersions\":[\"2026-07-28\"]}"))))) {
            var given = crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall());
            upstream.next();

            given.cancel(true);
            gate.complete(null);
            got(crossing.modern(at(upstream.url()), Principal.ANONYMOUS).send(modernCall()));

            assertThat(count(upstream, "tools/call")).isOne();
        }
    }

    private static long count(FakeUpstream upstream, String key) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals(key))
                .count();
    }

    private static Session session(Leg leg) {
        var opening = new Session.Opening(leg.version(), "{}", "stream", leg);
        return Session.opened(Principal.ANONYMOUS, new RouteId("route"), opening, NOW);
    }

    private static Outbound.Post legacyCall() {
        return new Outbound.Post(
                Message.request(new Id.Number(1), "tools/call", "{\"name\":\"echo\"}"),
                List.of(),
                Duration.ofSeconds(5));
    }

    private static Outbound.Post modernCall() {
        var message = Message.request(
                new Id.Number(1),
                "tools/call",
                "{\"name\":\"echo\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}}}");
        var headers = new ArrayList<Header>();
        Mirrors.headers(message).forEach((name, value) -> headers.add(new Header(name, value)));
        return new Outbound.Post(message, headers, Duration.ofSeconds(5));
    }

    private static Outbound.Post initialize() {
        return new Outbound.Post(
                Message.request(
                        new Id.Number(1), "initialize", "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}"),
                List.of(),
                Duration.ofSeconds(5));
    }
}
