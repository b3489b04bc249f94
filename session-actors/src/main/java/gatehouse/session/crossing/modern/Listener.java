package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;

/// One who listens at a hub: what for, and what was not read yet.
final class Listener {

    private final Wishes wishes;
    private final BoundedSourceQueue<Message> queue;
    private final Source<Message, NotUsed> messages;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Wishes> settled = new CompletableFuture<>();

    Listener(Wishes wishes, int buffer, ActorSystem<?> system) {
        this.wishes = wishes;
        var ends = Source.<Message>queue(buffer).preMaterialize(system);
        this.queue = ends.first();
        this.messages = ends.second();
    }

    Wishes wishes() {
        return wishes;
    }

    /// To be read once. It ends when there is nothing more to hear.
    Source<Message, NotUsed> messages() {
        return messages;
    }

    /// What it will hear of, once that is known.
    CompletableFuture<Wishes> settled() {
        return settled;
    }

    void settle(Wishes kept) {
        settled.complete(kept);
    }

    /// False if it is too slow for one more.
    boolean tell(Message message) {
        return queue.offer(message).equals(QueueOfferResult.enqueued());
    }

    /// What it was told so far is still read.
    void end() {
        if (ended.compareAndSet(false, true)) {
            queue.complete();
        }
    }
}
