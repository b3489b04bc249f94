package gatehouse.node.edge;

import gatehouse.policy.rate.Load;
import gatehouse.session.Exchange;
import gatehouse.session.call.Answer;
import gatehouse.session.call.Batches;
import gatehouse.session.call.Inbound;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// Several messages of one POST: each goes its way as if it had come alone, and the answers go back together.
///
/// One array is all that goes back, as each stream of a call is resumed by itself and a batch of them could not be. So
/// who would ask the client something in mid-call hears that it cannot be asked, and progress goes nowhere.
final class BatchPosts {

    private final Exchange exchange;
    private final Answers answers;

    BatchPosts(Exchange exchange, Answers answers) {
        this.exchange = exchange;
        this.answers = answers;
    }

    /// @param room for the answers
    CompletionStage<HttpResponse> send(List<Inbound> batch, Load room) {
        return Batches.flaw(batch)
                .<CompletionStage<HttpResponse>>map(
                        refusal -> CompletableFuture.completedFuture(answers.refused(refusal)))
                .orElseGet(() -> carry(batch, room));
    }

    /// A client may say that it is ready and call at once; its upstream hears that first.
    private CompletionStage<HttpResponse> carry(List<Inbound> batch, Load room) {
        var ready = batch.stream().filter(BatchPosts::saysReady).toList();
        var others = batch.stream().filter(inbound -> !saysReady(inbound)).toList();
        return all(ready, room)
                .thenCompose(first -> all(others, room).thenApply(rest -> {
                    var said = new ArrayList<>(first);
                    said.addAll(rest);
                    return response(said, room);
                }));
    }

    private static boolean saysReady(Inbound inbound) {
        return inbound.message().method().equals("notifications/initialized");
    }

    /// What one message came to: the answer to a request, which there is none to one that was taken back; of all
    /// others
    /// whether they were taken.
    private record Came(boolean asked, List<ByteString> answer, Answer taken) {}

    private CompletionStage<List<Came>> all(List<Inbound> batch, Load room) {
        CompletionStage<List<Came>> gathered = CompletableFuture.completedFuture(List.of());
        for (var each : batch.stream().map(inbound -> one(inbound, room)).toList()) {
            gathered = gathered.thenCombine(each, BatchPosts::and);
        }
        return gathered;
    }

    private static List<Came> and(List<Came> before, Came came) {
        var both = new ArrayList<>(before);
        both.add(came);
        return both;
    }

    private CompletionStage<Came> one(Inbound inbound, Load room) {
        var sent = exchange.send(inbound.answeredWhole());
        return inbound.message().kind() == Message.Kind.REQUEST
                ? sent.handle((answer, failure) ->
                        new Came(true, fitting(inbound.message(), answer, room), new Answer.Accepted()))
                : sent.thenApply(answer -> new Came(false, List.of(), answer));
    }

    /// The answer, or that there is no room for it: a large one waits here for those of all others.
    private static List<ByteString> fitting(Message request, @Nullable Answer answer, Load room) {
        var id = request.id().orElseThrow();
        var message = answer(id, answer);
        if (message.isEmpty() || message.getFirst().bytes().size() <= Load.SMALL) {
            return message.stream().map(Message::bytes).toList();
        }
        var bytes = message.getFirst().bytes();
        return List.of(room.grow(bytes.size())
                .map(denial -> Refusal.noRoom(denial).message(id).bytes())
                .orElse(bytes));
    }

    private static List<Message> answer(Id id, @Nullable Answer answer) {
        return switch (answer) {
            case Answer.Single(var status, var message, var session) -> List.of(message);
            case Answer.Refused(var ids, var refusal) -> List.of(refusal.message(id));
            case Answer.Streamed _, Answer.Accepted _, Answer.Ended _ -> List.of();
            case null -> List.of(Message.error(id, Codes.INTERNAL_ERROR, "the gateway failed at this request"));
        };
    }

    private HttpResponse response(List<Came> all, Load room) {
        if (all.stream().noneMatch(Came::asked)) {
            return answers.http(all.stream()
                    .map(Came::taken)
                    .filter(Answer.Refused.class::isInstance)
                    .findFirst()
                    .orElseGet(Answer.Accepted::new));
        }
        var said = all.stream().flatMap(came -> came.answer().stream()).toList();
        return said.isEmpty() ? answers.http(new Answer.Streamed(Source.empty())) : answers.array(said, room);
    }
}
