package gatehouse.session.crossing.legacy;

import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.lifecycle.Change;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A modern upstream speaks by itself; an old client hears it on its session's stream.
class HearsayTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Session OLD = Fronting.session("2025-06-18", "{}");
    private static final Outbound LISTEN = new Outbound.Listen("", List.of());

    private final Stand stand = new Stand(KIT.system(), "gateway.crossing.legacy.acknowledge = 200 ms");

    @AfterEach
    void close() {
        stand.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private void offers(String capabilities) {
        stand.upstream.on("server/discover", Script.result("{\"capabilities\":" + capabilities + "}"));
    }

    private static String told(Arrival arrival, String method, String more) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{" + more
                + "\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + arrival.rpcId() + "}}}";
    }

    private static Step acknowledged(Arrival arrival) {
        return Step.event(told(arrival, "notifications/subscriptions/acknowledged", "\"notifications\":{},"));
    }

    @Test
    void a_session_hears_what_the_upstream_offers_and_it_subscribed_to() {
        offers(
                "{\"tools\":{\"listChanged\":true},\"prompts\":{},\"resources\":{\"subscribe\":true,\"listChanged\":true}}");
        stand.upstream.on(
                "subscriptions/listen",
                Script.eventsOf(arrival -> List.of(
                        acknowledged(arrival),
                        Step.event(told(arrival, "notifications/tools/list_changed", "")),
                        Step.event(told(arrival, "notifications/resources/updated", "\"uri\":\"a:b\",")),
                        Step.event(Script.resultOf(arrival, "{\"resultType\":\"complete\"}")),
                        Step.end())));
        var subscribed = OLD.after(new Change.Subscribed("a:b"), Fronting.BOUNDS);

        var stream = stand.open(got(stand.face(subscribed).send(LISTEN)));

        assertThat(Stand.next(stream)).isEqualTo(Message.notification("notifications/tools/list_changed", "{}"));
        assertThat(Stand.next(stream))
                .isEqualTo(Message.notification("notifications/resources/updated", "{\"uri\":\"a:b\"}"));
        assertThat(Stand.ended(stream)).isTrue();
        assertThat(stand.arrivals("subscriptions/listen").getFirst().body())
                .contains("\"notifications\":{\"toolsListChanged\":true,\"resourcesListChanged\":true,"
                        + "\"resourceSubscriptions\":[\"a:b\"]}");
    }

    @Test
    void where_there_is_nothing_to_hear_nobody_listens() {
        offers("{\"tools\":{},\"resources\":{\"subscribe\":true}}");

        assertThat(got(stand.face(OLD).send(LISTEN))).isEqualTo(new Reply.Accepted());
        assertThat(stand.arrivals("subscriptions/listen")).isEmpty();
    }

    @Test
    void an_upstream_that_will_not_notify_is_left_alone() {
        offers("{\"tools\":{\"listChanged\":true}}");
        stand.upstream.on("subscriptions/listen", Script.error(404, -32601));

        assertThat(got(stand.face(OLD).send(LISTEN))).isEqualTo(new Reply.Accepted());
    }

    @Test
    void an_upstream_that_acknowledges_nothing_is_asked_again_later() {
        offers("{\"tools\":{\"listChanged\":true}}");
        stand.upstream.on("subscriptions/listen", Script.events(Step.hang()));

        assertThat(got(stand.face(OLD).send(LISTEN))).isInstanceOf(Reply.Failed.class);
    }

    @Test
    void an_event_that_says_nothing_is_no_acknowledgement() {
        offers("{\"tools\":{\"listChanged\":true}}");
        stand.upstream.on("subscriptions/listen", Script.events(Step.chunk("id: 1\ndata:\n\n"), Step.hang()));

        assertThat(got(stand.face(OLD).send(LISTEN))).isInstanceOf(Reply.Failed.class);
    }

    @Test
    void tools_that_changed_are_learnt_anew() {
        offers("{\"tools\":{\"listChanged\":true}}");
        stand.upstream
                .on("tools/list", Script.result("{\"tools\":[]}"))
                .on("tools/call", Script.result("{\"content\":[]}"))
                .on(
                        "subscriptions/listen",
                        Script.eventsOf(arrival -> List.of(
                                acknowledged(arrival),
                                Step.event(told(arrival, "notifications/tools/list_changed", "")),
                                Step.hang())));
        got(stand.face(OLD).send(Stand.call("{}")));
        got(stand.face(OLD).send(Stand.call("{}")));
        assertThat(stand.arrivals("tools/list")).hasSize(1);

        var stream = stand.open(got(stand.face(OLD).send(LISTEN)));
        Stand.next(stream);
        got(stand.face(OLD).send(Stand.call("{}")));

        assertThat(stand.arrivals("tools/list")).hasSize(2);
        stream.cancel();
    }
}
