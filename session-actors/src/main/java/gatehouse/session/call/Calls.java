package gatehouse.session.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Begins calls: the parent of every [CallActor] on this node. How many there are at once is the gatekeeper's business.
public final class Calls {

    /// A request to carry, and who waits for its answer.
    public record Carry(Inbound inbound, CompletableFuture<Answer> answer) {}

    private Calls() {}

    public static Behavior<Carry> create(CallPorts ports) {
        return Behaviors.setup(context -> Behaviors.receiveMessage(carry -> {
            context.spawnAnonymous(CallActor.create(carry.inbound(), carry.answer(), ports));
            return Behaviors.same();
        }));
    }

    public static CompletionStage<Answer> carry(ActorRef<Carry> calls, Inbound inbound) {
        var answer = new CompletableFuture<Answer>();
        calls.tell(new Carry(inbound, answer));
        return answer;
    }
}
