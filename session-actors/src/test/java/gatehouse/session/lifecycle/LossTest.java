package gatehouse.session.lifecycle;

import static gatehouse.session.upstream.Upstreaming.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.call.Answer;
import gatehouse.session.call.CallPorts;
import gatehouse.session.call.Calls;
import gatehouse.session.call.Endings;
import gatehouse.session.call.Errands;
import gatehouse.session.call.Inbound;
import gatehouse.session.call.Listens;
import gatehouse.session.call.Openings;
import gatehouse.session.call.Visit;
import gatehouse.session.crossing.Crossing;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeShard;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.persistence.testkit.PersistenceTestKitDurableStateStorePlugin;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Calls whose session is on another node, and a network that loses every third, fourth, fifth, or sixth message.
class LossTest {

    private static final ActorTestKit KIT = ActorTestKit.create(PersistenceTestKitDurableStateStorePlugin.config()
            .withFallback(ConfigFactory.parseString("pekko.actor.provider = local"))
            .withFallback(ConfigFactory.load()));
    private static final int CALLS = 24;
    private static final String VERSION = "2025-11-25";
    private static final String[] SETTINGS = {
        "gateway.session.again = 100 ms",
        "gateway.session.lease = 1 s",
        "gateway.session.passivate = 300 ms",
        "gateway.call.prompt-answer = 50 ms",
        "gateway.policy.crowd.streams-of-session = 100"
    };

    private final FakeUpstream upstream = FakeUpstream.legacy();
    private final Map<String, AtomicInteger> sent = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();
    private final Map<String, ActorRef<?>> entities = new ConcurrentHashMap<>();
    private final TestProbe<ClusterSharding.ShardCommand> shard = KIT.createTestProbe();
    private final Crossed ways = new Crossed();
    private final SessionPorts there = Entering.sessions(KIT.system(), ways, SETTINGS);
    private final SessionIds ids = new SessionIds(new byte[32]);

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    @RepeatedTest(5)
    void whatever_is_lost_every_call_ends_as_it_should(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var client = new Client(ports(new LossyWay(KIT, 3 + random.nextInt(4), random.nextInt(12))));
        script();

        client.open();
        client.ends(List.of(client.call("forgetful-0"), client.call("forgetful-1")));
        var calls = new ArrayList<CompletableFuture<String>>();
        for (var i = 0; i < CALLS; i++) {
            calls.add(client.call(
                    List.of("prompt-", "slow-", "asking-", "endless-").get(random.nextInt(4)) + i));
        }
        client.ends(calls);

        client.listensAndHangsUp();
        client.listensAndHangsUp();
        assertThat(sent.values())
                .as("sent")
                .allSatisfy(times -> assertThat(times).hasValue(1));
        assertThat(answered.values())
                .as("answered")
                .allSatisfy(times -> assertThat(times).hasValue(1));
        shard.awaitAssert(Duration.ofSeconds(5), Duration.ofMillis(100), () -> {
            there.awake().tick();
            assertThat(there.awake().count()).isZero();
            return Done.getInstance();
        });
        client.leaves();
    }

    private void script() {
        upstream.on("tools/call", arrival -> {
            var tool = arrival.body().replaceAll(".*\"name\":\"([^\"]*)\".*", "$1");
            var kind = tool.replaceAll("-.*", "");
            if (kind.equals("forgetful") && asked.putIfAbsent(tool, new CompletableFuture<>()) == null) {
                return Script.error(404, -32001).answer(arrival);
            }
            sent.computeIfAbsent(tool, name -> new AtomicInteger()).incrementAndGet();
            var result = Script.result("{\"content\":[]}").answer(arrival);
            return switch (kind) {
                case "slow" -> List.of(Step.pause(Duration.ofMillis(200)), result.getFirst());
                case "asking" -> asking(tool, arrival);
                case "endless" ->
                    Script.events(Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}"), Step.hang())
                            .answer(arrival);
                default -> result;
            };
        });
        upstream.on("notifications/cancelled", Script.status(202));
        upstream.on("POST", arrival -> {
            answered.computeIfAbsent(arrival.rpcId(), id -> new AtomicInteger()).incrementAndGet();
            gate(arrival.rpcId()).complete(null);
            return Script.status(202).answer(arrival);
        });
    }

    private List<Step> asking(String tool, Arrival arrival) {
        var id = "\"ask-" + tool + "\"";
        var gate = gate(id);
        return Script.eventsOf(call -> List.of(
                        Step.event("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"elicitation/create\","
                                + "\"params\":{\"message\":\"sure?\"}}"),
                        Step.await(gate),
                        Step.event(Script.resultOf(call, "{\"content\":[]}")),
                        Step.end()))
                .answer(arrival);
    }

    private CompletableFuture<Void> gate(String id) {
        return asked.computeIfAbsent(id, name -> new CompletableFuture<>());
    }

    /// Calls of a node on which no session is awake.
    private CallPorts ports(LossyWay way) {
        var here = new SessionPorts(
                there.settings(),
                there.system(),
                there.outbox(),
                there.directory(),
                there.rows(),
                there.streams(),
                there.ways(),
                there.clock(),
                new Awake(),
                there.neighbours(),
                there.footing());
        var shards = new FakeShard(key -> entities.computeIfAbsent(key, id -> way.to(session(id))));
        var ports = Entering.calls(here, shards, ids, SETTINGS);
        ways.crossing.set(ports.crossing());
        return ports;
    }

    private ActorRef<SessionActor.Outer> session(String id) {
        try {
            return KIT.spawn(SessionActor.init(there)
                    .createBehavior()
                    .apply(new EntityContext<>(SessionActor.TYPE, id, shard.ref())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Course course() {
        return Course.to(at(upstream.url(), 64, 64));
    }

    private static Route route() {
        return Route.to(
                new RouteId("tools"),
                new UpstreamId("tools"),
                new Access(true, Set.of(), Set.of()),
                Set.of(),
                Journal.MEMORY,
                1 << 20);
    }

    /// Leads to the one upstream.
    private final class Crossed implements Ways {
        private final AtomicReference<Crossing> crossing = new AtomicReference<>();

        @Override
        public Optional<Peer> opening(Session session) {
            return Optional.of(crossing.get().opening(new Call(session.principal(), route(), course())));
        }

        @Override
        public Optional<Peer> of(Session session) {
            return Optional.of(crossing.get().legacy(new Call(session.principal(), route(), course()), session));
        }

        @Override
        public Optional<Former> former(Session session) {
            return Optional.empty();
        }
    }

    /// One client with one session.
    private final class Client {
        private final CallPorts ports;
        private final ActorRef<Calls.Carry> calls;
        private final AtomicInteger last = new AtomicInteger();
        private String session = "";

        Client(CallPorts ports) {
            this.ports = ports;
            this.calls = KIT.spawn(Calls.create(ports));
        }

        void open() {
            var hello = Message.request(
                    new Id.Number(0),
                    "initialize",
                    "{\"protocolVersion\":\"" + VERSION + "\",\"capabilities\":{},\"clientInfo\":{}}");
            var opened = got(new Openings(ports, there.directory()).open(inbound(hello)));
            assertThat(opened).isInstanceOf(Answer.Single.class);
            session = ((Answer.Single) opened).session();
            says(Message.notification("notifications/initialized", "{}"));
        }

        /// The last that was said in answer to a call of that tool.
        CompletableFuture<String> call(String tool) {
            var id = last.incrementAndGet();
            var request = Message.request(new Id.Number(id), "tools/call", "{\"name\":\"" + tool + "\"}");
            return Calls.carry(calls, inbound(request))
                    .thenCompose(answer -> switch (answer) {
                        case Answer.Single(var status, var message, var opened) -> now(tool + text(message));
                        case Answer.Streamed(var messages) ->
                            messages.map(each -> each.message().utf8String())
                                    .filter(text -> !text.isEmpty())
                                    .mapAsync(1, text -> heard(id, tool, text))
                                    .runWith(Sink.last(), KIT.system());
                        case Answer other -> now(tool + other);
                    })
                    .toCompletableFuture();
        }

        /// Answers what it is asked, twice, and takes back what does not end.
        private CompletionStage<String> heard(int id, String tool, String text) {
            if (text.contains("elicitation/create")) {
                var question = text.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
                var answer = Message.result(new Id.Text(question), "{\"action\":\"decline\"}");
                var twice = says(answer).toCompletableFuture();
                return says(answer).thenCombine(twice, (one, other) -> tool + one + other);
            }
            return tool.startsWith("endless")
                    ? says(Message.notification("notifications/cancelled", "{\"requestId\":" + id + "}"))
                            .thenApply(taken -> tool + taken)
                    : now(tool + text);
        }

        private CompletionStage<Answer> says(Message message) {
            return new Errands(ports).run(inbound(message));
        }

        void ends(List<CompletableFuture<String>> ended) {
            for (var call : ended) {
                var last = got(call);
                assertThat(last).contains(last.startsWith("endless") ? "Accepted" : "\"result\"");
            }
        }

        /// What is lost of hanging up is said again, so the next who listens may have to wait.
        void listensAndHangsUp() {
            shard.awaitAssert(Duration.ofSeconds(5), Duration.ofMillis(50), () -> {
                var answer = got(new Listens(ports).open(visit()));
                assertThat(answer).isInstanceOf(Answer.Streamed.class);
                ((Answer.Streamed) answer).messages().runWith(Sink.cancelled(), KIT.system());
                return Done.getInstance();
            });
        }

        void leaves() {
            assertThat(got(new Endings(ports).end(visit()))).isInstanceOf(Answer.Ended.class);
        }

        private Visit visit() {
            return new Visit(Principal.ANONYMOUS, route(), course(), session, "");
        }

        private Inbound inbound(Message message) {
            return new Inbound(
                    Principal.ANONYMOUS,
                    route(),
                    course(),
                    message,
                    session,
                    VERSION,
                    List.of(),
                    name -> List.of(),
                    new CompletableFuture<Done>(),
                    false);
        }
    }

    private static String text(Message message) {
        return message.bytes().utf8String();
    }

    private static CompletionStage<String> now(String text) {
        return CompletableFuture.completedFuture(text);
    }

    private static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
