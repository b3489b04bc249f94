package gatehouse.session.call;

import gatehouse.session.lifecycle.Leg;
import gatehouse.session.lifecycle.Pump;
import gatehouse.session.lifecycle.Questions;
import gatehouse.session.mcp.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What of an upstream's stream belongs to one call: its notifications, its questions, its answer.
final class CallPassage implements Pump.Passage {

    private final Translation translation;
    private final Questions questions;
    private final Runnable leave;
    private final Leg leg;

    CallPassage(Upcall upcall, Task task, CallPorts ports) {
        this.translation = upcall.translation();
        this.leave = task.leave();
        this.leg = upcall.leg();
        this.questions = new Questions(
                        upcall.peer(),
                        upcall.leg(),
                        ports.sessions(),
                        question -> ports.door().ask(task.key(), question))
                .during(task.id().json());
    }

    @Override
    public CompletionStage<List<Message>> carry(Message message) {
        if (message.kind() == Message.Kind.REQUEST) {
            return questions.put(message);
        }
        if (translation.foreign(message)) {
            return CompletableFuture.completedFuture(List.of());
        }
        if (isLast(message)) {
            leave.run();
        }
        return message.kind() == Message.Kind.NOTIFICATION
                ? questions.pass(translation.back(message))
                : CompletableFuture.completedFuture(List.of(translation.back(message)));
    }

    @Override
    public boolean isLast(Message message) {
        return translation.answers(message);
    }

    @Override
    public Leg leg() {
        return leg;
    }
}
