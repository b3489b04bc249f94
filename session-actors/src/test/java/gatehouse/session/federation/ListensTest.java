package gatehouse.session.federation;

import static gatehouse.session.federation.Federating.ALICE;
import static gatehouse.session.federation.Federating.BOB;
import static gatehouse.session.federation.Federating.list;
import static gatehouse.session.federation.Federating.post;
import static gatehouse.session.federation.Federating.tool;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListensTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Map<String, String> KEPT = Map.of("ttlMs", "60000", "cacheScope", "\"private\"");
    private static final String LISTS = "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true},";

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final LinkedHashMap<String, FakeUpstream> fakes = new LinkedHashMap<>();
    private Federations federations = federations("gateway.federation.listening.relisten = 10 ms");

    private static Federations federations(String... settings) {
        return Federating.federations(KIT.system(), InstantSource.system(), settings);
    }

    @AfterEach
    void close() {
        upstreams.close();
        fakes.values().forEach(FakeUpstream::close);
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    /// What a client hears, in order.
    private static final class Ear {
        private final SinkQueueWithCancel<Event> queue;

        Ear(Reply reply) {
            assertThat(reply).isInstanceOf(Reply.Streamed.class);
            queue = ((Reply.Streamed) reply).events().runWith(Sink.queue(1), KIT.system());
        }

        /// The next message, empty at the end.
        String next() {
            return queue.pull()
                    .toCompletableFuture()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join()
                    .map(event -> event.message().getFirst().bytes().utf8String())
                    .orElse("");
        }

        void leave() {
            queue.cancel();
        }
    }

    private Reply ask(Principal principal, int id, String method, String members) {
        return got(
                federations.peer(Federating.joint(principal, upstreams, fakes)).send(post(id, method, members)));
    }

    private Ear listen(Principal principal, int id, String members) {
        return new Ear(ask(principal, id, "subscriptions/listen", members));
    }

    private FakeUpstream member(String alias) {
        var fake = FakeUpstream.modern()
                .on("tools/list", Script.result(list(KEPT, "tools", tool("t"))))
                .on("prompts/list", Script.error(404, -32601))
                .on("resources/list", Script.error(404, -32601))
                .on("resources/templates/list", Script.error(404, -32601));
        fakes.put(alias, fake);
        return fake;
    }

    /// Grants everything that is asked for, then goes on with these steps.
    private static Script granting(Step... steps) {
        return Script.eventsOf(arrival -> {
            var all = new ArrayList<Step>();
            all.add(Step.event(
                    said(arrival, "notifications/subscriptions/acknowledged", "\"notifications\":" + filter(arrival))));
            for (var step : steps) {
                all.add(step instanceof Step.Send(var text) ? Step.send(text.replace("@id", arrival.rpcId())) : step);
            }
            all.add(Step.hang());
            return all;
        });
    }

    private static String filter(Arrival arrival) {
        var from = arrival.body().indexOf("\"notifications\":") + "\"notifications\":".length();
        return arrival.body().substring(from, arrival.body().indexOf('}', from) + 1);
    }

    private static String said(Arrival arrival, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{" + params
                + ",\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + arrival.rpcId() + "}}}";
    }

    private static Step says(String method) {
        return Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}");
    }

    @Test
    void it_is_acknowledged_first_with_what_members_grant_under_the_listeners_own_id() {
        member("a").on("subscriptions/listen", granting());
        member("b").on("subscriptions/listen", Script.error(404, -32601));

        var ear = listen(ALICE, 5, LISTS);

        assertThat(ear.next())
                .contains("notifications/subscriptions/acknowledged")
                .contains("\"notifications\":{\"promptsListChanged\":true,\"toolsListChanged\":true}")
                .contains("\"io.modelcontextprotocol/subscriptionId\":5");
    }

    @Test
    void nothing_is_promised_that_nobody_grants() {
        member("a").on("subscriptions/listen", Script.error(404, -32601));
        member("b").on("subscriptions/listen", Script.error(404, -32601));

        assertThat(listen(ALICE, 5, LISTS).next()).contains("\"notifications\":{}");
    }

    @Test
    void a_member_that_hangs_does_not_hold_the_acknowledgement_back() {
        federations = federations("gateway.federation.listening.acknowledge = 200 ms");
        member("a").on("subscriptions/listen", granting());
        member("b").on("subscriptions/listen", Script.hang());

        assertThat(listen(ALICE, 5, LISTS).next()).contains("\"toolsListChanged\":true");
    }

    @Test
    void a_change_is_told_once_the_joined_list_really_changed() {
        var same = new CompletableFuture<Void>();
        var changed = new CompletableFuture<Void>();
        var a = member("a")
                .on(
                        "subscriptions/listen",
                        granting(
                                Step.await(same),
                                says("notifications/tools/list_changed"),
                                Step.await(changed),
                                says("notifications/tools/list_changed")));
        member("b").on("subscriptions/listen", granting());
        ask(ALICE, 1, "tools/list", "");
        var ear = listen(ALICE, 5, LISTS);
        ear.next();

        same.complete(null);
        awaitAsked(a, "tools/list", 2);
        a.on("tools/list", Script.result(list(KEPT, "tools", tool("t"), tool("u"))));
        changed.complete(null);

        assertThat(ear.next())
                .contains("notifications/tools/list_changed")
                .contains("\"io.modelcontextprotocol/subscriptionId\":5");
        assertThat(asked(a, "tools/list")).isGreaterThanOrEqualTo(3);
        assertThat(((Reply.Single) ask(ALICE, 2, "tools/list", ""))
                        .message()
                        .bytes()
                        .utf8String())
                .contains("a__u");
    }

    @Test
    void many_who_listen_for_the_same_have_one_stream_upstream_which_ends_with_the_last_of_them() throws Exception {
        var a = member("a").on("subscriptions/listen", granting());
        member("b").on("subscriptions/listen", granting());
        var ears = new ArrayList<Ear>();
        for (int i = 0; i < 10; i++) {
            ears.add(listen(ALICE, i, LISTS));
            ears.getLast().next();
        }
        assertThat(asked(a, "subscriptions/listen")).isOne();
        listen(BOB, 99, LISTS).next();
        assertThat(asked(a, "subscriptions/listen")).isEqualTo(2);
        assertThat(federations.listeners()).isEqualTo(11);

        ears.forEach(Ear::leave);

        a.awaitOpen(1);
        awaitTrue(() -> federations.listeners() == 1 && federations.taps() == 2);
    }

    @Test
    void a_stream_that_breaks_is_opened_again_and_what_was_missed_is_told() {
        var broken = new CompletableFuture<Void>();
        var a = member("a").on("subscriptions/listen", granting(Step.await(broken), Step.drop()));
        member("b").on("subscriptions/listen", granting());
        ask(ALICE, 1, "tools/list", "");
        var ear = listen(ALICE, 5, LISTS);
        ear.next();

        a.on("subscriptions/listen", granting());
        a.on("tools/list", Script.result(list(KEPT, "tools", tool("new"))));
        broken.complete(null);

        assertThat(ear.next()).contains("notifications/tools/list_changed");
        assertThat(asked(a, "subscriptions/listen")).isEqualTo(2);
    }

    @Test
    void a_resource_that_changed_is_named_as_the_listener_named_it_and_read_anew() {
        var updated = new CompletableFuture<Void>();
        var resource = "{\"uri\":\"file:///x\",\"name\":\"x\"}";
        var a = member("a")
                .on("resources/list", Script.result(list(KEPT, "resources", resource)))
                .on(
                        "resources/read",
                        Script.result("{\"contents\":[],\"resultType\":\"complete\",\"ttlMs\":60000,"
                                + "\"cacheScope\":\"private\"}"))
                .on(
                        "subscriptions/listen",
                        granting(
                                Step.await(updated),
                                Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\","
                                        + "\"params\":{\"uri\":\"file:///x\"}}")));
        member("b").on("resources/list", Script.result(list(KEPT, "resources", resource)));
        var read = "\"uri\":\"gatehouse+a:file:///x\",";
        ask(ALICE, 1, "resources/read", read);
        ask(ALICE, 2, "resources/read", read);
        assertThat(asked(a, "resources/read")).isOne();

        var ear = listen(
                ALICE,
                5,
                "\"notifications\":{\"resourceSubscriptions\":[\"gatehouse+a:file:///x\",\"file:///none\"]},");
        assertThat(ear.next()).contains("\"resourceSubscriptions\":[\"gatehouse+a:file:///x\"]");
        updated.complete(null);

        assertThat(ear.next())
                .contains("notifications/resources/updated")
                .contains("\"uri\":\"gatehouse+a:file:///x\"");
        ask(ALICE, 3, "resources/read", read);
        assertThat(asked(a, "resources/read")).isEqualTo(2);
    }

    @Test
    void a_task_that_moved_is_told_under_the_id_its_owner_knows() {
        var moved = new CompletableFuture<Void>();
        member("a")
                .on("tools/call", Script.result("{\"resultType\":\"task\",\"taskId\":\"t1\",\"status\":\"working\"}"))
                .on(
                        "subscriptions/listen",
                        granting(
                                Step.await(moved),
                                Step.event(
                                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks\",\"params\":"
                                                + "{\"taskId\":\"t1\",\"status\":\"completed\",\"result\":{\"content\":[]}}}")));
        member("b");
        var begun = ((Reply.Single) ask(ALICE, 1, "tools/call", "\"name\":\"a__t\",")).message();
        var id = begun.text(Place.RESULT_TASK_ID).orElseThrow();

        var ear = listen(ALICE, 5, "\"notifications\":{\"taskIds\":[\"" + id + "\",\"a-forged\"]},");
        assertThat(ear.next()).contains("\"taskIds\":[\"" + id + "\"]");
        moved.complete(null);

        assertThat(ear.next()).contains("notifications/tasks").contains("\"taskId\":\"" + id + "\"");
    }

    @Test
    void a_listener_that_takes_nothing_is_ended_and_the_others_hear_on() {
        federations = federations("gateway.federation.listening.buffer = 2");
        var flood = new CompletableFuture<Void>();
        var steps = new ArrayList<Step>();
        steps.add(Step.await(flood));
        for (int i = 0; i < 50; i++) {
            steps.add(Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\","
                    + "\"params\":{\"uri\":\"file:///x/" + i + "\"}}"));
        }
        member("a")
                .on("resources/list", Script.result(list(KEPT, "resources", "{\"uri\":\"file:///x\",\"name\":\"x\"}")))
                .on("subscriptions/listen", granting(steps.toArray(Step[]::new)));
        member("b");

        var ear = listen(ALICE, 5, "\"notifications\":{\"resourceSubscriptions\":[\"file:///x\"]},");
        assertThat(ear.next()).contains("acknowledged");
        flood.complete(null);
        awaitTrue(() -> federations.listeners() == 0 && federations.taps() == 0);

        var heard = 0;
        while (!ear.next().isEmpty()) {
            heard++;
        }
        assertThat(heard).isBetween(1, 40);
    }

    @Test
    void a_listener_is_ended_when_its_route_is_not_what_it_was() {
        member("a").on("subscriptions/listen", granting());
        member("b").on("subscriptions/listen", granting());
        var ear = listen(ALICE, 5, LISTS);
        ear.next();

        federations.retain(Catalogue.EMPTY);

        assertThat(ear.next()).isEmpty();
        awaitTrue(() -> federations.taps() == 0);
    }

    private static int asked(FakeUpstream fake, String method) {
        return (int) fake.arrivals().stream()
                .filter(arrival -> arrival.key().equals(method))
                .count();
    }

    private static void awaitAsked(FakeUpstream fake, String method, int times) {
        awaitTrue(() -> asked(fake, method) >= times);
    }

    private static void awaitTrue(BooleanSupplier condition) {
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
