package gatehouse.session.crossing.modern;

import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.lifecycle.Handshake;
import gatehouse.session.lifecycle.Leg;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.stream.javadsl.Sink;

/// The leg that all calls of one principal to one upstream share, or one that a call has for itself: opened once,
/// however
/// many calls want it, and opened again when the upstream forgot it.
final class SharedLeg {

    /// Whose leg it is, and where it leads.
    ///
    /// @param number of a leg that one call at a time has for itself, from 1 on; 0 is shared by all calls
    record Key(Principal principal, Upstream upstream, int number) {

        Key(Principal principal, Upstream upstream) {
            this(principal, upstream, 0);
        }

        boolean isOwn() {
            return number > 0;
        }

        /// Whether calls share it that come from nobody knows whom.
        boolean isOfStrangers() {
            return !isOwn() && principal.equals(Principal.ANONYMOUS);
        }

        Key own(int one) {
            return new Key(principal, upstream, one);
        }

        /// That of the leg which the same calls would share.
        Key shared() {
            return new Key(principal, upstream);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TOOLS = 1000;
    private static final int LONGEST_NAME = 256;

    private final Key key;
    private final Peer peer;
    private final ActorSystem<?> system;
    private final ModernSettings.Legs settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> taskTools = ConcurrentHashMap.newKeySet();
    private final LogLevel level = new LogLevel();
    private CompletableFuture<Hello> greeting = CompletableFuture.failedFuture(new Unopened("nobody asked yet"));
    private Optional<ActorRef<HubActor.Command>> hub = Optional.empty();

    SharedLeg(Key key, Peer peer, ActorSystem<?> system, ModernSettings.Legs settings) {
        this.key = key;
        this.peer = peer;
        this.system = system;
        this.settings = settings;
    }

    Key key() {
        return key;
    }

    /// How the upstream greeted; it is asked to if nobody did yet, or if it failed to. Not to be cancelled: it is
    /// everybody's.
    ///
    /// @param hops of the request that wants it, to be said hello with
    CompletableFuture<Hello> hello(List<Header> hops) {
        return greeted(CompletableFuture::isCompletedExceptionally, hops);
    }

    /// The greeting that follows one which the upstream forgot.
    CompletableFuture<Hello> after(Hello lost, List<Header> hops) {
        return greeted(
                known -> known.isCompletedExceptionally()
                        || (known.isDone() && known.join().equals(lost)),
                hops);
    }

    /// A greeting, the one before it, and whether it is for whoever asked to see that it comes.
    private record Turn(CompletableFuture<Hello> greeting, CompletableFuture<Hello> before, boolean mine) {}

    private CompletableFuture<Hello> greeted(Predicate<CompletableFuture<Hello>> over, List<Header> hops) {
        var turn = locked(() -> {
            var before = greeting;
            var mine = over.test(before);
            greeting = mine ? new CompletableFuture<>() : before;
            return new Turn(greeting, before, mine);
        });
        if (turn.mine()) {
            open(turn, new Handshake(peer, system, key.principal(), hops));
        }
        return turn.greeting();
    }

    /// Whoever comes late to a greeting ends what it opened, and one that replaces another ends that.
    private void open(Turn turn, Handshake handshake) {
        var fresh = turn.greeting().orTimeout(settings.opening().toMillis(), TimeUnit.MILLISECONDS);
        var opened = handshake.open(Hello.PARAMS);
        var _ = fresh.whenComplete((hello, failure) -> opened.cancel(true));
        var _ = opened.thenCompose(got -> judged(got, handshake)).whenComplete((hello, failure) -> {
            if (failure != null) {
                fresh.completeExceptionally(failure);
            } else if (fresh.complete(hello)) {
                known().ifPresent(listening -> listening.tell(new HubActor.Moved(hello)));
                var _ = turn.before().thenAccept(replaced -> replaced(replaced.leg(), hello.leg(), handshake));
            } else {
                handshake.farewell(hello.leg());
            }
        });
    }

    /// There are upstreams that give out the same id again.
    private static void replaced(Leg before, Leg now, Handshake handshake) {
        if (!before.equals(now)) {
            handshake.farewell(before);
        }
    }

    private CompletionStage<Hello> judged(Handshake.Opened opened, Handshake handshake) {
        if (opened.answer().kind() == Message.Kind.ERROR) {
            return CompletableFuture.failedFuture(
                    new Unopened("it answered with error " + Errors.code(opened.answer())));
        }
        if (opened.answer().bytes().size() > settings.greeting()) {
            handshake.farewell(opened.leg());
            return CompletableFuture.failedFuture(new Unopened("it said more of itself than the " + settings.greeting()
                    + " bytes that are kept (gateway.crossing.modern.legs.greeting)"));
        }
        if (Dialect.of(opened.leg().version())
                .filter(dialect -> !dialect.modern())
                .isEmpty()) {
            handshake.farewell(opened.leg());
            return CompletableFuture.failedFuture(new Unopened("it names a revision that is not known"));
        }
        var hello = Hello.of(opened.answer(), opened.leg());
        return post(hello, Message.notification("notifications/initialized", "{}"))
                .thenCompose(reply -> level.replay(severity -> setLevel(hello, severity)))
                .thenApply(done -> hello)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        handshake.farewell(hello.leg());
                    }
                });
    }

    /// Makes the upstream say at least this much.
    CompletionStage<Done> raise(Hello hello, Severity wanted) {
        return hello.logs()
                ? level.raise(wanted, severity -> setLevel(hello, severity))
                : CompletableFuture.completedFuture(Done.getInstance());
    }

    private CompletionStage<Done> setLevel(Hello hello, Severity severity) {
        return post(hello, Message.request(Ids.next(), "logging/setLevel", severity.asked()))
                .thenApply(reply -> Done.getInstance());
    }

    /// Remembers tools that can be called as a task only; an upstream makes us remember no more than a little.
    void learn(Set<String> tools) {
        tools.stream()
                .filter(tool -> tool.length() <= LONGEST_NAME && taskTools.size() < TOOLS)
                .forEach(taskTools::add);
    }

    boolean wantsTask(String tool) {
        return taskTools.contains(tool);
    }

    /// Says something that nobody waits for long. The answer is read for its head alone.
    CompletionStage<Reply> post(Hello hello, Message message) {
        return send(saying(hello, message, List.of(), PATIENCE)).thenApply(reply -> {
            if (reply instanceof Reply.Streamed(var events, var session)) {
                events.runWith(Sink.ignore(), system);
            }
            return reply;
        });
    }

    /// A message as it goes on this leg, on behalf of the one whose leg it is.
    ///
    /// @param more headers it goes with
    Outbound.Post saying(Hello hello, Message message, List<Header> more, Duration patience) {
        return new Outbound.Post(message, hello.leg().headers(more), patience, owner());
    }

    /// The same for a stream.
    ///
    /// @param lastEventId where to resume, empty to begin
    Outbound.Listen listening(Hello hello, String lastEventId) {
        return new Outbound.Listen(lastEventId, hello.leg().headers(List.of()), owner());
    }

    private String owner() {
        return key.principal().toString();
    }

    CompletableFuture<Reply> send(Outbound outbound) {
        return peer.send(outbound);
    }

    /// Where what the upstream says by itself is heard.
    ActorRef<HubActor.Command> hub(Hello hello, ModernSettings settings) {
        return locked(() -> {
            hub = hub.or(() -> Optional.of(system.systemActorOf(
                    HubActor.create(this, hello, settings), "hub-" + Ids.unguessable(), Props.empty())));
            return hub.get();
        });
    }

    private Optional<ActorRef<HubActor.Command>> known() {
        return locked(() -> hub);
    }

    /// Something that concerns those who listen was said on the stream of a call.
    CompletionStage<Done> heard(Message message) {
        var taken = new CompletableFuture<Done>();
        known().ifPresentOrElse(
                        listening -> listening.tell(new HubActor.Heard(new Event("", -1, List.of(message)), taken)),
                        () -> taken.complete(Done.getInstance()));
        return taken.completeOnTimeout(Done.getInstance(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Whoever listens is to listen elsewhere.
    void dismiss() {
        known().ifPresent(listening -> listening.tell(new HubActor.Dismiss()));
    }

    /// Tells the upstream that the leg is no longer needed, once that is certain.
    CompletionStage<Done> close() {
        known().ifPresent(listening -> listening.tell(new HubActor.Stop()));
        return locked(() -> greeting)
                .thenCompose(hello -> farewell(hello.leg()))
                .exceptionally(never -> Done.getInstance());
    }

    private CompletionStage<Done> farewell(Leg leg) {
        return leg.session().isEmpty()
                ? CompletableFuture.completedFuture(Done.getInstance())
                : send(new Outbound.Delete(leg.headers(List.of()))).thenApply(reply -> Done.getInstance());
    }

    private <T> T locked(Supplier<T> steps) {
        lock.lock();
        try {
            return steps.get();
        } finally {
            lock.unlock();
        }
    }
}
