package gatehouse.session.lifecycle;

import java.lang.reflect.RecordComponent;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A way between calls and their sessions on which every so-many-th message is lost, whichever direction it goes.
final class LossyWay {

    private final ActorTestKit kit;
    private final int every;
    private final AtomicInteger messages;
    private final ConcurrentMap<ActorRef<?>, ActorRef<Word>> back = new ConcurrentHashMap<>();

    LossyWay(ActorTestKit kit, int every, int first) {
        this.kit = kit;
        this.every = every;
        this.messages = new AtomicInteger(first);
    }

    /// Where that session is told what mostly arrives there.
    ActorRef<SessionActor.Outer> to(ActorRef<SessionActor.Outer> session) {
        return kit.spawn(Behaviors.receiveMessage(command -> {
            if (!isLost()) {
                session.tell(answeredThisWay(command));
            }
            return Behaviors.same();
        }));
    }

    private boolean isLost() {
        return messages.incrementAndGet() % every == 0;
    }

    /// Whoever is to hear about it hears by this way, and is always the same to the session.
    private SessionActor.Outer answeredThisWay(SessionActor.Outer command) {
        try {
            var components = command.getClass().getRecordComponents();
            var values = new Object[components.length];
            for (var i = 0; i < values.length; i++) {
                var value = components[i].getAccessor().invoke(command);
                values[i] = value instanceof ActorRef<?> ear ? back.computeIfAbsent(ear, this::back) : value;
            }
            var types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return (SessionActor.Outer)
                    command.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot be answered: " + command, e);
        }
    }

    private ActorRef<Word> back(ActorRef<?> ear) {
        ActorRef<Word> to = ear.unsafeUpcast();
        return kit.spawn(Behaviors.receiveMessage(word -> {
            if (!isLost()) {
                to.tell(word);
            }
            return Behaviors.same();
        }));
    }
}
