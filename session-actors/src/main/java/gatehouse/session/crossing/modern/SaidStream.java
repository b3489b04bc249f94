package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/// What is said about a call as a stream of events, no faster than it is read.
final class SaidStream {

    /// A stream that nobody reads is given up after this.
    private static final Duration TO_BEGIN = Duration.ofSeconds(10);

    /// How far a stream has come.
    private enum Phase {
        FIRST,
        MORE,
        END
    }

    private final Said.Beside first;
    private final Supplier<CompletionStage<Said>> next;
    private final Runnable giveUp;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean whole;

    /// @param next what follows; what ends the call has ended it before it is said
    /// @param giveUp what to do when it is not read to its end
    SaidStream(Said.Beside first, Supplier<CompletionStage<Said>> next, Runnable giveUp) {
        this.first = first;
        this.next = next;
        this.giveUp = giveUp;
    }

    Source<Event, NotUsed> events(ActorSystem<?> system) {
        system.scheduler().scheduleOnce(TO_BEGIN, this::expire, system.executionContext());
        return Source.unfoldAsync(Phase.FIRST, this::following).watchTermination((unused, done) -> {
            begun.set(true);
            done.whenComplete((end, failure) -> {
                if (!whole) {
                    giveUp.run();
                }
            });
            return unused;
        });
    }

    private CompletionStage<Optional<Pair<Phase, Event>>> following(Phase phase) {
        return switch (phase) {
            case FIRST -> CompletableFuture.completedFuture(Optional.of(step(first)));
            case MORE -> next.get().thenApply(said -> Optional.of(step(said)));
            case END -> CompletableFuture.completedFuture(Optional.empty());
        };
    }

    private Pair<Phase, Event> step(Said said) {
        return switch (said) {
            case Said.Beside(var message) -> Pair.create(Phase.MORE, event(message));
            case Said.Last(var status, var message) -> last(message);
            case Said.Asking(var message, var parked) -> last(message);
            case Said.Lost(var reply) -> throw new Broken(fault(reply));
        };
    }

    private static Fault fault(Reply reply) {
        return reply instanceof Reply.Failed(var fault) ? fault : Fault.unknown("the upstream gave no answer");
    }

    private Pair<Phase, Event> last(Message message) {
        whole = true;
        return Pair.create(Phase.END, event(message));
    }

    private void expire() {
        if (!begun.get()) {
            giveUp.run();
        }
    }

    private static Event event(Message message) {
        return new Event("", -1, List.of(message));
    }
}
