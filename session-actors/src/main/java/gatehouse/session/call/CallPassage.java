package gatehouse.session.call;

import gatehouse.session.lifecycle.Pump;
import gatehouse.session.lifecycle.Question;
import gatehouse.session.lifecycle.Questions;
import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.Word;
import gatehouse.session.mcp.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What of an upstream's stream belongs to one call: its notifications, its questions, its answer.
final class CallPassage implements Pump.Passage {

    private final Translation translation;
    private final Questions questions;

    CallPassage(Upcall upcall, Task task, CallPorts ports) {
        this.translation = upcall.translation();
        this.questions = new Questions(
                upcall.peer(), upcall.leg(), ports.sessions(), (id, question) -> remember(task, ports, id, question));
    }

    @Override
    public CompletionStage<List<Message>> carry(Message message) {
        if (message.kind() == Message.Kind.REQUEST) {
            return questions.put(message);
        }
        return CompletableFuture.completedFuture(
                translation.foreign(message) ? List.of() : List.of(translation.back(message)));
    }

    @Override
    public boolean isLast(Message message) {
        return translation.answers(message);
    }

    private static CompletionStage<Word> remember(Task task, CallPorts ports, String id, Question question) {
        return ports.sharding()
                .entityRefFor(SessionActor.TYPE, task.key().value())
                .ask(
                        replyTo -> new SessionActor.Ask(id, question, replyTo),
                        ports.sessions().settings().ask());
    }
}
