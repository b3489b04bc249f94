package gatehouse.session.crossing.legacy;

import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;

/// Answers of which only the last message counts, however the upstream chose to send them.
final class Whole {

    private Whole() {}

    /// The reply with its stream, if it has one, read to the answer; the stream itself where that fails.
    static CompletableFuture<Reply> of(Reply reply, ActorSystem<?> system) {
        if (!(reply instanceof Reply.Streamed(var events, var session))) {
            return CompletableFuture.completedFuture(reply);
        }
        return events.mapConcat(Event::message)
                .filter(message -> message.method().isEmpty())
                .<Reply>map(message -> new Reply.Single(message, session))
                .runWith(Sink.head(), system)
                .exceptionally(failure -> reply)
                .toCompletableFuture();
    }
}
