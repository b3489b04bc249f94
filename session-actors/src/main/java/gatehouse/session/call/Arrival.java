package gatehouse.session.call;

import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;

/// What has come back from the upstream so far.
sealed interface Arrival {

    record Nothing() implements Arrival {}

    /// The whole answer, in the client's names, and the HTTP status it deserves.
    record Whole(int status, Message answer) implements Arrival {}

    /// The upstream streams: there is more to the answer than its last message.
    record Stream(Source<Event, NotUsed> events) implements Arrival {}

    /// Looks at an event stream as far as its first message: an answer that comes alone needs no stream.
    static CompletionStage<Peeked> peek(SinkQueueWithCancel<Event> events) {
        return peek(events, new ArrayList<>(2));
    }

    /// The events up to the first message, and those after it.
    record Peeked(List<Event> head, Source<Event, NotUsed> rest) {

        Optional<Message> first() {
            return head.isEmpty()
                    ? Optional.empty()
                    : head.getLast().message().stream().findFirst();
        }

        Source<Event, NotUsed> whole() {
            return Source.from(head).concat(rest);
        }
    }

    private static CompletionStage<Peeked> peek(SinkQueueWithCancel<Event> queue, List<Event> head) {
        return queue.pull().thenCompose(next -> {
            if (next.isEmpty()) {
                return CompletableFuture.completedFuture(new Peeked(List.copyOf(head), Source.empty()));
            }
            head.add(next.get());
            return next.get().message().isEmpty() && head.size() < PATIENCE
                    ? peek(queue, head)
                    : CompletableFuture.completedFuture(new Peeked(List.copyOf(head), rest(queue)));
        });
    }

    /// Events without a message that are looked at before the stream is taken for a long one.
    int PATIENCE = 4;

    private static Source<Event, NotUsed> rest(SinkQueueWithCancel<Event> queue) {
        return Source.unfoldAsync(
                        queue, open -> open.pull().thenApply(next -> next.map(event -> Pair.create(open, event))))
                .watchTermination((unused, done) -> {
                    done.whenComplete((end, failure) -> queue.cancel());
                    return unused;
                });
    }
}
