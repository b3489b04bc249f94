package gatehouse.session.upstream;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Speaks;
import gatehouse.config.catalogue.Upstream;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeSse;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErasTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final UpstreamSettings settings = Upstreaming.settings();
    private final Upstreams upstreams = new Upstreams(KIT.system(), settings);
    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final Eras eras = new Eras(KIT.system(), upstreams, settings.probing(), time::get);

    @AfterEach
    void close() {
        upstreams.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @CsvSource({
        "LEGACY, true, false, false",
        "MODERN, false, true, false",
        "BOTH, true, true, false",
        "SSE, true, false, true"
    })
    void what_is_declared_is_not_asked(Speaks speaks, boolean legacy, boolean modern, boolean sse) {
        try (var upstream = FakeUpstream.start()) {
            var verdict = verdict(declared(upstream, speaks));

            assertThat(verdict).isEqualTo(new Verdict(legacy, modern, sse, Instant.MAX));
            assertThat(upstream.accepted()).isZero();
        }
    }

    @Test
    void a_modern_upstream_is_found() throws Exception {
        try (var upstream = FakeUpstream.modern()) {
            assertThat(verdict(at(upstream.url())))
                    .isEqualTo(new Verdict(false, true, NOW.plus(Duration.ofMinutes(5))));

            var hello = upstream.next();
            assertThat(hello.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
            assertThat(hello.header("Mcp-Method")).isEqualTo("server/discover");
        }
    }

    @Test
    void a_legacy_upstream_is_found_by_what_it_does_not_know() {
        try (var upstream = FakeUpstream.legacy().on("server/discover", Script.error(400, -32000))) {
            assertThat(verdict(at(upstream.url())))
                    .isEqualTo(new Verdict(true, false, NOW.plus(Duration.ofMinutes(5))));
            assertThat(upstream.arrivals()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405})
    void an_upstream_that_takes_no_messages_is_asked_for_a_stream(int status) throws Exception {
        try (var upstream = FakeUpstream.start().on("server/discover", Script.status(status))) {
            FakeSse.at(upstream);

            assertThat(verdict(at(upstream.url()))).isEqualTo(Verdict.ofSse(NOW.plus(Duration.ofMinutes(5))));
            upstream.awaitOpen(0); // the stream was of no further use
        }
    }

    @Test
    void a_stream_that_names_no_endpoint_is_none_of_http_sse() {
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on("GET", Script.events(Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1}")));

            assertThat(verdict(at(upstream.url())))
                    .isEqualTo(new Verdict(true, false, NOW.plus(Duration.ofMinutes(5))));
            assertThat(upstream.arrivals()).extracting(Arrival::key).containsExactly("server/discover", "GET");
        }
    }

    @Test
    void an_upstream_of_http_sse_may_stumble_first() {
        try (var upstream = FakeUpstream.start().on("server/discover", Script.status(500))) {
            FakeSse.at(upstream);

            assertThat(verdict(at(upstream.url()))).isEqualTo(Verdict.ofSse(NOW.plusSeconds(30)));
        }
    }

    @Test
    void an_upstream_of_both_eras_is_found_and_its_trial_session_ended() throws Exception {
        try (var upstream = FakeUpstream.dual()) {
            assertThat(verdict(at(upstream.url()))).isEqualTo(new Verdict(true, true, NOW.plus(Duration.ofMinutes(5))));

            assertThat(List.of(upstream.next(), upstream.next(), upstream.next()))
                    .extracting(Arrival::method)
                    .containsExactly("POST", "POST", "DELETE");
        }
    }

    @Test
    void answers_as_event_streams_count() {
        try (var upstream = FakeUpstream.start()) {
            upstream.on(
                    "server/discover",
                    Script.resultAsEvents("{\"supportedVersions\":[\"2026-07-28\",\"2025-06-18\"]}"));

            assertThat(verdict(at(upstream.url()))).isEqualTo(new Verdict(true, true, NOW.plus(Duration.ofMinutes(5))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-32020, -32021, -32022})
    void an_error_that_only_the_modern_era_has_shows_it(int code) {
        try (var upstream = FakeUpstream.start().on("server/discover", Script.error(400, code))) {
            assertThat(verdict(at(upstream.url())).modern()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-32600, -32601, -32602, -32000, -32001})
    void any_other_error_shows_the_legacy_era(int code) {
        try (var upstream = FakeUpstream.start().on("server/discover", Script.error(400, code))) {
            assertThat(verdict(at(upstream.url())))
                    .isEqualTo(new Verdict(true, false, NOW.plus(Duration.ofMinutes(5))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 302})
    void refused_credentials_say_nothing_and_are_asked_again_soon(int status) {
        try (var upstream = FakeUpstream.start().on("server/discover", Script.status(status))) {
            assertThat(verdict(at(upstream.url()))).isEqualTo(new Verdict(false, false, NOW.plusSeconds(30)));
            assertThat(upstream.arrivals()).hasSize(1);
        }
    }

    @Test
    void silence_says_nothing() {
        var hasty =
                Upstreaming.settings("gateway.upstream.probing.timeout = 50 ms").probing();
        var impatient = new Eras(KIT.system(), upstreams, hasty, time::get);
        try (var upstream = FakeUpstream.start().on("server/discover", Script.hang())) {
            assertThat(got(impatient.of(at(upstream.url()))).isDecided()).isFalse();
        }
    }

    /// Some legacy servers answer what they do not know with 500.
    @Test
    void an_upstream_that_stumbles_is_tried_once_with_initialize() {
        try (var upstream = FakeUpstream.legacy().on("server/discover", Script.status(500))) {
            assertThat(verdict(at(upstream.url()))).isEqualTo(new Verdict(true, false, NOW.plusSeconds(30)));
        }
        try (var down =
                FakeUpstream.start().on("server/discover", Script.status(502)).on("initialize", Script.status(502))) {
            assertThat(verdict(at(down.url()))).isEqualTo(new Verdict(false, false, NOW.plusSeconds(30)));
            assertThat(down.arrivals()).hasSize(2);
        }
    }

    @Test
    void many_who_ask_at_once_are_one_question() throws Exception {
        var gate = new CompletableFuture<Void>();
        try (var upstream = FakeUpstream.start()
                .on(
                        "server/discover",
                        arrival -> List.of(
                                Step.await(gate),
                                Script.http(200, "application/json", Script.errorOf(arrival, -32601))))) {
            var first = eras.of(at(upstream.url()));
            var second = eras.of(at(upstream.url()));
            gate.complete(null);

            assertThat(got(first)).isEqualTo(got(second));
            assertThat(upstream.arrivals()).hasSize(1);
        }
    }

    @Test
    void a_verdict_holds_until_it_is_old_or_in_doubt() {
        try (var upstream = FakeUpstream.legacy().on("server/discover", Script.error(400, -32601))) {
            verdict(at(upstream.url()));
            time.set(NOW.plus(Duration.ofMinutes(5)).minusMillis(1));
            verdict(at(upstream.url()));
            assertThat(upstream.arrivals()).hasSize(1);

            time.set(NOW.plus(Duration.ofMinutes(5)));
            verdict(at(upstream.url()));
            assertThat(upstream.arrivals()).hasSize(2);

            time.updateAndGet(now -> now.plusSeconds(30));
            eras.doubt(at(upstream.url()));
            verdict(at(upstream.url()));
            assertThat(upstream.arrivals()).hasSize(3);

            eras.doubt(at(upstream.url()));
            verdict(at(upstream.url()));
            assertThat(upstream.arrivals())
                    .as("not asked twice within half a minute")
                    .hasSize(3);
        }
    }

    private Verdict verdict(Upstream upstream) {
        return got(eras.of(upstream));
    }

    private static Upstream declared(FakeUpstream fake, Speaks speaks) {
        var auto = at(fake.url());
        return new Upstream(
                auto.id(),
                auto.tenant(),
                auto.url(),
                speaks,
                auto.network(),
                auto.calls(),
                auto.streams(),
                auto.connect(),
                auto.deadline(),
                auto.quiet());
    }
}
