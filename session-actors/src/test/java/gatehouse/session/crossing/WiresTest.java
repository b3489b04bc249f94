package gatehouse.session.crossing;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeSse;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WiresTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final FakeUpstream upstream = FakeUpstream.legacy();
    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final Wires wires = new Wires(
            upstreams,
            new Eras(KIT.system(), upstreams, Upstreaming.settings().probing(), time::get),
            KIT.system().executionContext());

    @AfterEach
    void close() {
        wires.retain(Catalogue.EMPTY);
        upstreams.close();
        upstream.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void an_upstream_that_turned_to_http_sse_is_found_out_and_old_sessions_stay_where_they_were() {
        var before = open();
        turnToSse();

        assertThat(send(initialize())).isInstanceOf(Reply.Refused.class);
        time.set(NOW.plusSeconds(31));
        send(initialize()); // raises the doubt that the first one came too early for
        var after = open();

        assertThat(before).doesNotStartWith("gatehouse-sse-");
        assertThat(after).startsWith("gatehouse-sse-");
        assertThat(send(list(after))).isInstanceOf(Reply.Single.class);
        assertThat(send(list(before))).isEqualTo(new Reply.Refused(404, List.of(), ""));
    }

    @Test
    void an_upstream_that_turned_away_from_http_sse_is_found_out() {
        turnToSse();
        var before = open();
        upstream.on("GET", Script.status(405)).on("initialize", Script.result("{\"protocolVersion\":\"2025-11-25\"}"));

        time.set(NOW.plusSeconds(31));
        assertThat(send(initialize())).isEqualTo(new Reply.Refused(405, List.of(), ""));

        assertThat(send(initialize())).isInstanceOf(Reply.Single.class);
        assertThat(before).startsWith("gatehouse-sse-");
    }

    @Test
    void a_session_over_http_sse_that_is_no_more_is_never_sent_anywhere_else() {
        var lost = send(list("gatehouse-sse-0123"));

        assertThat(lost).isEqualTo(new Reply.Refused(404, List.of(), ""));
        assertThat(upstream.arrivals()).isEmpty();
    }

    @Test
    void a_withdrawn_upstream_loses_its_sessions() throws Exception {
        turnToSse();
        var session = open();

        wires.retain(Catalogue.EMPTY);

        assertThat(send(list(session))).isEqualTo(new Reply.Refused(404, List.of(), ""));
        upstream.awaitOpen(1);
        assertThat(upstream.arrivals()).extracting(Arrival::key).doesNotContain("tools/list");
    }

    private void turnToSse() {
        FakeSse.at(upstream);
    }

    private Reply send(Outbound outbound) {
        return got(wires.legacy(at(upstream.url())).send(outbound));
    }

    private String open() {
        return ((Reply.Single) send(initialize())).session();
    }

    private static Outbound.Post list(String session) {
        return new Outbound.Post(
                Message.request(new Id.Number(2), "tools/list", "{}"),
                List.of(Header.session(session), Header.version("2025-11-25")),
                Duration.ofSeconds(5));
    }

    private static Outbound.Post initialize() {
        return new Outbound.Post(
                Message.request(new Id.Number(1), "initialize", "{\"protocolVersion\":\"2025-06-18\"}"),
                List.of(),
                Duration.ofSeconds(5));
    }
}
