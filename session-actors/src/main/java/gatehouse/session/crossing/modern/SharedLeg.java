package gatehouse.session.crossing.modern;

import gatehouse.session.lifecycle.Handshake;
import gatehouse.session.lifecycle.Leg;
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
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.stream.javadsl.Sink;

/// The leg that all calls of one principal to one upstream share, or one that a call has for itself.
final class SharedLeg {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TOOLS = 1000;
    private static final int LONGEST_NAME = 256;

    private final LegKey key;
    private final Peer peer;
    private final ActorSystem<?> system;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> taskTools = ConcurrentHashMap.newKeySet();
    private final LogLevel level = new LogLevel();
    private final Opening opening;
    private Optional<ActorRef<HubActor.Command>> hub = Optional.empty();

    SharedLeg(LegKey key, Peer peer, ActorSystem<?> system, ModernSettings.Legs settings) {
        this.key = key;
        this.peer = peer;
        this.system = system;
        this.opening = new Opening(settings, this::introduce, this::moved);
    }

    LegKey key() {
        return key;
    }

    /// How the upstream greeted; it is asked to if nobody did yet, or if it failed to. Not to be cancelled: it is
    /// everybody's.
    ///
    /// @param hops of the request that wants it, to be said hello with
    CompletableFuture<Hello> hello(List<Header> hops) {
        return opening.hello(handshake(hops));
    }

    /// The greeting that follows one which the upstream forgot.
    CompletableFuture<Hello> after(Hello lost, List<Header> hops) {
        return opening.after(lost, handshake(hops));
    }

    private Handshake handshake(List<Header> hops) {
        return new Handshake(peer, system, key.principal(), hops);
    }

    private CompletionStage<Done> introduce(Hello hello) {
        return post(hello, Message.notification("notifications/initialized", "{}"))
                .thenCompose(reply -> level.replay(severity -> setLevel(hello, severity)));
    }

    private void moved(Hello hello) {
        known().ifPresent(listening -> listening.tell(new HubActor.Moved(hello)));
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
        return opening.newest().thenCompose(hello -> farewell(hello.leg())).exceptionally(never -> Done.getInstance());
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
