package gatehouse.session.crossing.modern;

import gatehouse.session.lifecycle.Handshake;
import gatehouse.session.lifecycle.Leg;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Message;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.Done;

/// How a leg is opened: once, however many calls want it, and again when the upstream forgot it.
final class Opening {

    private final ModernSettings.Legs settings;
    private final Function<Hello, CompletionStage<Done>> introduce;
    private final Consumer<Hello> opened;
    private final ReentrantLock lock = new ReentrantLock();
    private CompletableFuture<Hello> greeting = CompletableFuture.failedFuture(new Unopened("nobody asked yet"));

    /// @param introduce says to an upstream that greeted what it has to know before the first call
    /// @param opened is told of each leg once it may be used
    Opening(ModernSettings.Legs settings, Function<Hello, CompletionStage<Done>> introduce, Consumer<Hello> opened) {
        this.settings = settings;
        this.introduce = introduce;
        this.opened = opened;
    }

    /// A greeting, the one before it, and whether it is for whoever asked to see that it comes.
    private record Turn(CompletableFuture<Hello> greeting, CompletableFuture<Hello> before, boolean mine) {}

    /// How the upstream greeted; it is asked to if nobody did yet, or if it failed to.
    CompletableFuture<Hello> hello(Handshake handshake) {
        return greeted(CompletableFuture::isCompletedExceptionally, handshake);
    }

    /// The greeting that follows one which the upstream forgot.
    CompletableFuture<Hello> after(Hello lost, Handshake handshake) {
        return greeted(
                known -> known.isCompletedExceptionally()
                        || (known.isDone() && known.join().equals(lost)),
                handshake);
    }

    /// The newest greeting, whether it came or is to come.
    CompletableFuture<Hello> newest() {
        lock.lock();
        try {
            return greeting;
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<Hello> greeted(Predicate<CompletableFuture<Hello>> over, Handshake handshake) {
        var turn = turn(over);
        if (turn.mine()) {
            open(turn, handshake);
        }
        return turn.greeting();
    }

    private Turn turn(Predicate<CompletableFuture<Hello>> over) {
        lock.lock();
        try {
            var before = greeting;
            var mine = over.test(before);
            greeting = mine ? new CompletableFuture<>() : before;
            return new Turn(greeting, before, mine);
        } finally {
            lock.unlock();
        }
    }

    /// Whoever comes late to a greeting ends what it opened, and one that replaces another ends that.
    private void open(Turn turn, Handshake handshake) {
        var fresh = turn.greeting().orTimeout(settings.opening().toMillis(), TimeUnit.MILLISECONDS);
        var answered = handshake.open(Hello.PARAMS);
        var _ = fresh.whenComplete((hello, failure) -> answered.cancel(true));
        var _ = answered.thenCompose(got -> judged(got, handshake)).whenComplete((hello, failure) -> {
            if (failure != null) {
                fresh.completeExceptionally(failure);
            } else if (fresh.complete(hello)) {
                opened.accept(hello);
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

    private CompletionStage<Hello> judged(Handshake.Opened answered, Handshake handshake) {
        if (answered.answer().kind() == Message.Kind.ERROR) {
            return CompletableFuture.failedFuture(
                    new Unopened("it answered with error " + Errors.code(answered.answer())));
        }
        var unusable = unusable(answered);
        if (unusable.isPresent()) {
            handshake.farewell(answered.leg());
            return CompletableFuture.failedFuture(new Unopened(unusable.get()));
        }
        var hello = Hello.of(answered.answer(), answered.leg());
        return introduce.apply(hello).thenApply(done -> hello).whenComplete((done, failure) -> {
            if (failure != null) {
                handshake.farewell(hello.leg());
            }
        });
    }

    private Optional<String> unusable(Handshake.Opened answered) {
        if (answered.answer().bytes().size() > settings.greeting()) {
            return Optional.of("it said more of itself than the " + settings.greeting()
                    + " bytes that are kept (gateway.crossing.modern.legs.greeting)");
        }
        return Dialect.of(answered.leg().version())
                        .filter(dialect -> !dialect.modern())
                        .isEmpty()
                ? Optional.of("it names a revision that is not known")
                : Optional.empty();
    }
}
