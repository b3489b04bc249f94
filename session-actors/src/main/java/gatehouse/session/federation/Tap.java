package gatehouse.session.federation;

import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.typed.javadsl.ActorSink;

/// One stream that is open to an upstream for one [Need], opened again when it breaks, as long as somebody listens.
final class Tap {

    private static final int MOST_DOUBLINGS = 6;

    private final Need need;
    private final Set<Listener> listeners = new HashSet<>();
    private final SharedKillSwitch cut = KillSwitches.shared("tap");
    private CompletableFuture<Reply> sending = new CompletableFuture<>();
    private Optional<ListenFilter> granted = Optional.empty();
    private boolean broke;
    private int failures;

    Tap(Need need) {
        this.need = need;
    }

    Need need() {
        return need;
    }

    Set<Listener> listeners() {
        return listeners;
    }

    /// What listeners may count on; empty as long as nothing is known.
    ///
    /// Changes of lists are told once a broken stream is heard again; of resources, nobody can promise anything.
    Optional<ListenFilter> granted() {
        return granted;
    }

    /// Opens the stream; everything that comes of it is told to the hub.
    void open(Listener listener, Asking asking, Duration patience, ActorContext<HubActor.Command> context) {
        var hub = context.getSelf();
        var system = context.getSystem();
        var member = listener.wanted(need).orElseThrow().member();
        var request = asking.request(
                "subscriptions/listen", "\"notifications\":" + need.filter().json() + ",");
        var joint = listener.joint();
        sending = joint.peer(member).send(Asking.post(joint, request, patience));
        var _ = sending.whenComplete((reply, failure) -> {
            if (failure == null && reply instanceof Reply.Streamed(var events, var session)) {
                events.via(cut.flow())
                        .mapConcat(Event::message)
                        .runWith(
                                ActorSink.actorRefWithBackpressure(
                                        hub,
                                        (ActorRef<HubActor.Taken> ack, Message message) ->
                                                new HubActor.Heard(this, message, ack),
                                        HubActor.Opened::new,
                                        new HubActor.Taken(),
                                        new HubActor.Closed(this, false),
                                        broken -> new HubActor.Closed(this, false)),
                                system);
            } else {
                hub.tell(new HubActor.Closed(this, failure == null && !(reply instanceof Reply.Failed)));
            }
        });
    }

    /// The upstream said what it will tell. True if it is heard again after it was not: who knows what it said
    /// meanwhile.
    boolean grant(ListenFilter filter) {
        granted = Optional.of(filter);
        failures = 0;
        var missed = broke;
        broke = false;
        return missed;
    }

    /// It is not heard any more. How long to wait before it is opened again.
    ///
    /// @param denied whether the upstream answered, and does not want to be listened to
    Duration close(Duration relisten, boolean denied) {
        broke = true;
        failures = denied ? MOST_DOUBLINGS : failures;
        granted = Optional.of(denied ? ListenFilter.NOTHING : need.filter().onlyLists());
        var wait = relisten.multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
        return wait.plus(Duration.ofNanos(ThreadLocalRandom.current().nextLong(1 + wait.toNanos() / 4)));
    }

    void cut() {
        sending.cancel(true);
        cut.shutdown();
    }
}
