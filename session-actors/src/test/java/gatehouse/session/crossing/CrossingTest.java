package gatehouse.session.crossing;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.federation.Federating;
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
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrossingTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final Crossing crossing = new Crossing(
            upstreams,
            new Eras(KIT.system(), upstreams, Upstreaming.settings().probing(), time::get),
            Federating.federations(KIT.system(), time::get));

    @AfterEach
    void close() {
        upstreams.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void a_modern_client_is_told_which_revisions_a_legacy_upstream_speaks() {
        try (var upstream = FakeUpstream.legacy()) {
            var reply = got(crossing.modern(at(upstream.url())).send(modernCall()));

            var error = refusal(reply);
            assertThat(error.id()).contains(new Id.Number(1));
            assertThat(raw(error, Place.ERROR_CODE)).isEqualTo("-32022");
            assertThat(raw(error, Place.ERROR_DATA))
                    .contains("\"supported\":[\"2025-03-26\",\"2025-06-18\",\"2025-11-25\"]")
                    .contains("\"requested\":\"2026-07-28\"");
            assertThat(upstream.arrivals()).extracting(Arrival::key).doesNotContain("tools/call");
        }
    }

    @Test
    void a_legacy_client_is_told_which_revisions_a_modern_upstream_speaks() {
        try (var upstream = FakeUpstream.modern()) {
            var reply = got(crossing.opening(at(upstream.url())).send(initialize()));

            assertThat(raw(refusal(reply), Place.ERROR_CODE)).isEqualTo("-32022");
            assertThat(raw(refusal(reply), Place.ERROR_DATA))
                    .contains("\"supported\":[\"2026-07-28\"]")
                    .contains("\"requested\":\"2025-06-18\"");
        }
    }

    @Test
    void each_reaches_an_upstream_of_both_eras() {
        try (var upstream = FakeUpstream.dual().on("tools/call", Script.result("{\"resultType\":\"complete\"}"))) {
            assertThat(got(crossing.modern(at(upstream.url())).send(modernCall())))
                    .isInstanceOf(Reply.Single.class);
            assertThat(got(crossing.opening(at(upstream.url())).send(initialize())))
                    .isInstanceOf(Reply.Single.class);
        }
    }

    @Test
    void an_upstream_nobody_could_question_answers_for_itself() {
        try (var upstream = FakeUpstream.start()
                .on("server/discover", Script.status(401))
                .on("initialize", Script.status(401))
                .on("tools/call", Script.status(401))) {
            var modern = got(crossing.modern(at(upstream.url())).send(modernCall()));
            var legacy = got(crossing.opening(at(upstream.url())).send(initialize()));

            assertThat(modern).isEqualTo(new Reply.Refused(401, List.of(), ""));
            assertThat(legacy).isEqualTo(new Reply.Refused(401, List.of(), ""));
        }
    }

    @Test
    void an_upstream_that_turned_legacy_is_asked_anew_but_not_at_every_call() {
        try (var upstream = FakeUpstream.modern().on("tools/call", Script.error(400, -32000))) {
            got(crossing.modern(at(upstream.url())).send(modernCall()));
            got(crossing.modern(at(upstream.url())).send(modernCall()));
            assertThat(count(upstream, "server/discover")).isOne();

            time.set(NOW.plusSeconds(31));
            got(crossing.modern(at(upstream.url())).send(modernCall()));
            got(crossing.modern(at(upstream.url())).send(modernCall()));
            assertThat(count(upstream, "server/discover")).isEqualTo(2);
        }
    }

    /// Otherwise any client could make the gateway question an upstream as often as it likes.
    @Test
    void an_error_of_both_eras_raises_no_doubt() {
        try (var upstream = FakeUpstream.modern().on("tools/call", Script.error(404, -32601))) {
            got(crossing.modern(at(upstream.url())).send(modernCall()));
            time.set(NOW.plusSeconds(31));
            got(crossing.modern(at(upstream.url())).send(modernCall()));
            got(crossing.modern(at(upstream.url())).send(modernCall()));

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
            var given = crossing.modern(at(upstream.url())).send(modernCall());
            upstream.next();

            given.cancel(true);
            gate.complete(null);
            got(crossing.modern(at(upstream.url())).send(modernCall()));

            assertThat(count(upstream, "tools/call")).isOne();
        }
    }

    private static long count(FakeUpstream upstream, String key) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals(key))
                .count();
    }

    private static Message refusal(Reply reply) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(400));
        return ((Reply.Refused) reply).body().getFirst();
    }

    private static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
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
