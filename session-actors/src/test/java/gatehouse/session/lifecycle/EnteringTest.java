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
import gatehouse.config.cluster.Neighbours;
import gatehouse.config.settings.ConfigReader;
import gatehouse.policy.Gatekeeper;
import gatehouse.policy.rate.CrowdSettings;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.call.Answer;
import gatehouse.session.call.CallPorts;
import gatehouse.session.call.CallSettings;
import gatehouse.session.call.CallTelemetry;
import gatehouse.session.call.Calls;
import gatehouse.session.call.Inbound;
import gatehouse.session.crossing.Crossing;
import gatehouse.session.crossing.legacy.Fronting;
import gatehouse.session.crossing.modern.Facing;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.federation.Federating;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Seal;
import gatehouse.session.mcp.SealKey;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.sharding.typed.testkit.javadsl.TestEntityRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// How a call enters its session and leaves it again, by either way, seen from the session.
class EnteringTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final RouteId ROUTE = new RouteId("tools");

    private final TestProbe<SessionActor.Command> here = KIT.createTestProbe();
    private final TestProbe<SessionActor.Command> byShard = KIT.createTestProbe();
    private final Awake awake = new Awake();
    private final SessionIds ids = new SessionIds(new byte[32]);
    private final String id = ids.mint();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    /// Straight, its leaving would overtake the entrance that is still on its way, and the session would keep a
    /// call
    /// that is no more.
    @Test
    void a_call_that_entered_by_the_shard_leaves_by_the_shard() {
        try (var upstream = FakeUpstream.legacy()) {
            var answer = call(upstream, "20 ms");

            here.expectMessageClass(SessionActor.Enter.class);
            var again = byShard.expectMessageClass(SessionActor.Enter.class);
            again.replyTo().tell(new Word.Known(session(new RouteId("elsewhere"))));

            assertThat(byShard.expectMessageClass(SessionActor.Leave.class))
                    .isEqualTo(new SessionActor.Leave("7", again.replyTo()));
            here.expectNoMessage();
            assertThat(got(answer)).isInstanceOf(Answer.Refused.class);
        }
    }

    @Test
    void a_call_has_left_when_its_answer_is_there() {
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.result("{\"content\":[]}"))) {
            var answer = call(upstream, "5 s");
            var told = answer.thenAccept(given -> here.ref().tell(new SessionActor.Cancel("7", "")));

            here.expectMessageClass(SessionActor.Enter.class).replyTo().tell(new Word.Known(session(ROUTE)));

            assertThat(got(answer)).isInstanceOf(Answer.Single.class);
            got(told);
            here.expectMessageClass(SessionActor.Leave.class);
            here.expectMessageClass(SessionActor.Cancel.class);
            here.expectNoMessage();
        }
    }

    @Test
    void a_call_has_left_when_the_last_of_its_stream_is_there() {
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on(
                    "tools/call",
                    Script.eventsOf(arrival -> List.of(
                            Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}"),
                            Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                            Step.end())));
            var answer = call(upstream, "5 s");
            here.expectMessageClass(SessionActor.Enter.class).replyTo().tell(new Word.Known(session(ROUTE)));

            var streamed = (Answer.Streamed) got(answer);
            var read = streamed.messages()
                    .runForeach(
                            sent -> here.ref()
                                    .tell(new SessionActor.Cancel(sent.message().utf8String(), "")),
                            KIT.system())
                    .toCompletableFuture();
            got(read);

            assertThat(toldUntilResult()).contains("left").endsWith("result");
            here.expectNoMessage();
        }
    }

    private List<String> toldUntilResult() {
        var told = new ArrayList<String>();
        while (!told.contains("result")) {
            told.add(
                    switch (here.receiveMessage()) {
                        case SessionActor.Leave leave -> "left";
                        case SessionActor.Cancel(var message, var reason) ->
                            message.contains("result") ? "result" : "note";
                        case SessionActor.Command other -> other.toString();
                    });
        }
        return told;
    }

    private CompletableFuture<Answer> call(FakeUpstream upstream, String promptAnswer) {
        awake.add(ids.key(Principal.ANONYMOUS, id).orElseThrow(), here.ref());
        var answer = new CompletableFuture<Answer>();
        KIT.spawn(Calls.create(ports(promptAnswer))).tell(new Calls.Carry(inbound(upstream), answer));
        return answer;
    }

    private Inbound inbound(FakeUpstream upstream) {
        var route = Route.to(
                ROUTE,
                new UpstreamId("tools"),
                new Access(true, Set.of(), Set.of()),
                Set.of(),
                Journal.MEMORY,
                1 << 20);
        return new Inbound(
                Principal.ANONYMOUS,
                route,
                Course.to(at(upstream.url())),
                Message.request(new Id.Number(7), "tools/call", "{\"name\":\"echo\"}"),
                id,
                "2025-11-25",
                List.of(),
                name -> List.of(),
                new CompletableFuture<Done>(),
                false);
    }

    private static Session session(RouteId route) {
        var opening = new Session.Opening("2025-11-25", "{}", "own", new Leg("", "2025-11-25"));
        return Session.opened(Principal.ANONYMOUS, route, opening, Instant.now());
    }

    private CallPorts ports(String promptAnswer) {
        var config = ConfigReader.of(ConfigFactory.parseString("gateway.call.prompt-answer = " + promptAnswer)
                .withFallback(ConfigFactory.load())
                .resolve());
        var gateway = config.at("gateway");
        var upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
        var eras = new Eras(KIT.system(), upstreams, Upstreaming.settings().probing(), Clock.systemUTC());
        return new CallPorts(
                new Gatekeeper(CrowdSettings.read(gateway.at("policy.crowd"))),
                new Crossing(
                        KIT.system(),
                        upstreams,
                        eras,
                        new Crossing.Faces(
                                Fronting.faces(KIT.system(), Clock.systemUTC()),
                                Facing.settings(),
                                Federating.federations(KIT.system(), Clock.systemUTC())),
                        Clock.systemUTC()),
                new OneShard(),
                ids,
                sessions(SessionSettings.read(gateway.at("session"))),
                new Seal(SealKey.of(0, new byte[32]), List.of()),
                CallSettings.read(gateway.at("call")),
                new CallTelemetry(InstantSource.system()));
    }

    private SessionPorts sessions(SessionSettings settings) {
        var memory = new MemoryOutbox(
                new MemoryOutbox.Bounds(10, 1 << 20, settings.idle(), settings.absolute()), Clock.systemUTC());
        return new SessionPorts(
                settings,
                KIT.system(),
                route -> memory,
                new NoDirectory(),
                new Streams(),
                new NoWays(),
                Clock.systemUTC(),
                awake,
                Neighbours.none());
    }

    private static <T> T got(CompletableFuture<T> future) {
        return future.orTimeout(5, TimeUnit.SECONDS).join();
    }

    /// A call asks neither of the two.
    private record NoDirectory() implements SessionDirectory {
        @Override
        public CompletableFuture<Integer> count(String principal) {
            throw new IllegalStateException("nobody is counted");
        }

        @Override
        public CompletableFuture<Done> forget(SessionKey session) {
            throw new IllegalStateException("nothing is forgotten");
        }

        @Override
        public CompletableFuture<List<SessionKey>> expired(Instant before, int limit) {
            throw new IllegalStateException("nothing expires");
        }
    }

    private record NoWays() implements Ways {
        @Override
        public Optional<gatehouse.session.upstream.Peer> opening(Session session) {
            return Optional.empty();
        }

        @Override
        public Optional<gatehouse.session.upstream.Peer> of(Session session) {
            return Optional.empty();
        }

        @Override
        public Optional<Former> former(Session session) {
            return Optional.empty();
        }
    }

    /// Brings everything to one probe.
    private final class OneShard extends ClusterSharding {
        @Override
        @SuppressWarnings("unchecked")
        public <M> EntityRef<M> entityRefFor(EntityTypeKey<M> type, String key) {
            return TestEntityRef.of(type, key, (ActorRef<M>) (ActorRef<?>) byShard.ref());
        }

        @Override
        public <M> EntityRef<M> entityRefFor(EntityTypeKey<M> type, String key, String dataCentre) {
            return entityRefFor(type, key);
        }

        @Override
        public <M, E> ActorRef<E> init(Entity<M, E> entity) {
            throw new IllegalStateException("nothing is begun here");
        }

        @Override
        public ActorRef<ClusterShardingQuery> shardState() {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public ShardCoordinator.ShardAllocationStrategy defaultShardAllocationStrategy(
                ClusterShardingSettings settings) {
            throw new IllegalStateException("nothing is allocated");
        }
    }
}
