package gatehouse.session.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// The one way to a session: straight where it is awake on this node, by its shard otherwise, and again where nothing
/// is heard.
///
/// A session moves, rests and comes back, and a message to it or its answer may get lost meanwhile. So whatever a
/// session is asked may be asked again without harm, and whoever asks says it the same way until the answer is there.
public final class SessionDoor {

    /// A session that is awake here answers at once, unless it was just leaving.
    private static final Duration MOMENT = Duration.ofMillis(250);

    private final ClusterSharding sharding;
    private final SessionPorts ports;

    public SessionDoor(ClusterSharding sharding, SessionPorts ports) {
        this.sharding = sharding;
        this.ports = ports;
    }

    /// Asks until there is an answer, or until it takes too long.
    public CompletionStage<Word> ask(SessionKey key, Function<ActorRef<Word>, SessionActor.Outer> question) {
        return ask(key, question, ports.settings().ask());
    }

    public CompletionStage<Word> ask(
            SessionKey key, Function<ActorRef<Word>, SessionActor.Outer> question, Duration within) {
        return ask(key, question, question, within);
    }

    /// What is said again says so, where that makes a difference.
    public CompletionStage<Word> ask(
            SessionKey key,
            Function<ActorRef<Word>, SessionActor.Outer> question,
            Function<ActorRef<Word>, SessionActor.Outer> again,
            Duration within) {
        var repeats = new CompletableFuture<Cancellable>();
        return AskPattern.<SessionActor.Outer, Word>ask(
                        ports.system().ignoreRef(), // only the ear for the answer is needed of it
                        replyTo -> {
                            var first = question.apply(replyTo);
                            repeats.complete(repeat(key, again.apply(replyTo), knock(key, first)));
                            return first;
                        },
                        within,
                        ports.system().scheduler())
                .exceptionally(failure -> new Word.Unavailable("session"))
                .whenComplete((word, failure) -> {
                    var _ = repeats.thenAccept(Cancellable::cancel);
                });
    }

    /// The session as it is, or as it was stored where it says nothing.
    public CompletionStage<Word> look(SessionKey key) {
        var answer = new CompletableFuture<Word>();
        var reading = ports.system()
                .scheduler()
                .scheduleOnce(
                        MOMENT.plus(ports.settings().silence()),
                        () -> read(key, answer),
                        ports.system().executionContext());
        var _ = ask(key, SessionActor.Look::new).thenAccept(answer::complete);
        return answer.whenComplete((word, failure) -> reading.cancel());
    }

    private void read(SessionKey key, CompletableFuture<Word> answer) {
        var _ = stored(key).thenAccept(word -> {
            if (!(word instanceof Word.Unavailable)) {
                answer.complete(word);
            }
        });
    }

    /// What its row says of a session: [Word.Known], [Word.Unknown], or [Word.Unavailable] where only the session
    /// itself can say.
    public CompletionStage<Word> stored(SessionKey key) {
        return CompletableFuture.completedStage(key)
                .thenCompose(ports.rows()::find)
                .handle((row, failure) -> failure == null
                        ? row.map(this::written).orElseGet(Word.Unknown::new)
                        : new Word.Unavailable("store"));
    }

    /// A row does not say when a session was last used, only what of that was written.
    private Word written(Session row) {
        var now = ports.clock().instant();
        if (row.over(now, now, ports.settings())) {
            return new Word.Unknown();
        }
        return row.over(row.seen(), now, ports.settings()) ? new Word.Unavailable("session") : new Word.Known(row);
    }

    private Duration knock(SessionKey key, SessionActor.Outer question) {
        if (straight(key, question)) {
            return MOMENT;
        }
        byShard(key, question);
        return ports.settings().again();
    }

    private Cancellable repeat(SessionKey key, SessionActor.Outer again, Duration first) {
        return ports.system()
                .scheduler()
                .scheduleWithFixedDelay(
                        first,
                        ports.settings().again(),
                        () -> byShard(key, again),
                        ports.system().executionContext());
    }

    /// Tells it to a session that is awake here, which costs two actors less than its shard; whether there is one.
    public boolean straight(SessionKey key, SessionActor.Outer command) {
        var here = ports.awake().find(key);
        here.ifPresent(session -> session.tell(command));
        return here.isPresent();
    }

    public void byShard(SessionKey key, SessionActor.Outer command) {
        sharding.entityRefFor(SessionActor.TYPE, key.value()).tell(command);
    }
}
