package gatehouse.session.call;

import gatehouse.session.lifecycle.Entry;
import gatehouse.session.lifecycle.Outbox;
import gatehouse.session.lifecycle.StreamKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/// A stream as it is read at a node that does not write it: from the store, again and again.
///
/// What is stored and what comes are read alike, so whether a reader was here from the beginning makes no difference.
final class Tail {

    private static final int PAGE = 64;

    /// Before the store is asked again, twice as long each time it has nothing new: thousands may be waiting.
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofMillis(1600);

    private final ActorSystem<?> system;
    private final Outbox outbox;
    private final StreamKey stream;

    Tail(ActorSystem<?> system, Outbox outbox, StreamKey stream) {
        this.system = system;
        this.outbox = outbox;
        this.stream = stream;
    }

    /// What is stored now.
    Source<Entry, NotUsed> stored(long after) {
        return following(after, () -> CompletableFuture.completedFuture(false));
    }

    /// What is stored, and whatever comes.
    ///
    /// @param goesOn whether more may come; asked before each look into the store, so that what was written by then
    /// is
    ///               read whatever it says
    Source<Entry, NotUsed> following(long after, Supplier<CompletionStage<Boolean>> goesOn) {
        return Source.unfoldAsync(new At(after, true, SHORTEST), at -> next(at, goesOn))
                .mapConcat(page -> page)
                .takeWhile(entry -> entry.kind() != Entry.Kind.CLOSED);
    }

    /// How far it was read, whether more may come, and how long to wait where nothing did.
    private record At(long number, boolean more, Duration pause) {

        At quiet() {
            var longer = pause.multipliedBy(2);
            return new At(number, more, longer.compareTo(LONGEST) > 0 ? LONGEST : longer);
        }
    }

    private CompletionStage<Optional<Pair<At, List<Entry>>>> next(At at, Supplier<CompletionStage<Boolean>> goesOn) {
        var asked = at.more() ? goesOn.get() : CompletableFuture.completedFuture(false);
        return asked.thenCompose(more -> outbox.read(stream, at.number(), PAGE).thenCompose(page -> {
            if (!page.isEmpty()) {
                return found(new At(page.getLast().number(), more, SHORTEST), page);
            }
            return more
                    ? found(at.quiet(), List.of()).thenCompose(found -> later(found, at.pause()))
                    : CompletableFuture.completedFuture(Optional.empty());
        }));
    }

    private static CompletionStage<Optional<Pair<At, List<Entry>>>> found(At at, List<Entry> page) {
        return CompletableFuture.completedFuture(Optional.of(Pair.create(at, page)));
    }

    private <T> CompletionStage<T> later(T value, Duration pause) {
        var then = new CompletableFuture<T>();
        system.scheduler().scheduleOnce(pause, () -> then.complete(value), system.executionContext());
        return then;
    }
}
