package gatehouse.persistence;

import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;
import gatehouse.persistence.Notebook.Command;
import gatehouse.persistence.Notebook.Notes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.state.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.state.javadsl.DurableStateBehavior;

/// A stand-in for a session: a small durable state that is written and read.
final class Notebook extends DurableStateBehavior<Command, Notes> {

    sealed interface Command extends Wire {}

    record Write(String note, ActorRef<Done> replyTo) implements Command {}

    record Read(ActorRef<Notes> replyTo) implements Command {}

    record Notes(List<String> all, Instant since) implements Stored {
        static final Notes NONE = new Notes(List.of(), Instant.EPOCH);

        Notes with(String note) {
            return new Notes(Stream.concat(all.stream(), Stream.of(note)).toList(), since);
        }
    }

    private final String principal;

    private Notebook(String name, String principal) {
        super(
                PersistenceId.of("session", name),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(50), Duration.ofMillis(200), 0.1));
        this.principal = principal;
    }

    static Behavior<Command> create(String name, String principal) {
        return new Notebook(name, principal);
    }

    @Override
    public Notes emptyState() {
        return Notes.NONE;
    }

    @Override
    public String tag() {
        return principal;
    }

    @Override
    public CommandHandler<Command, Notes> commandHandler() {
        return (notes, command) -> switch (command) {
            case Write(var note, var replyTo) ->
                Effect().persist(notes.with(note)).thenReply(replyTo, written -> Done.getInstance());
            case Read(var replyTo) -> Effect().reply(replyTo, notes);
        };
    }
}
