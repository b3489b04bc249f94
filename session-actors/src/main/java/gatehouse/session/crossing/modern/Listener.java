package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;

/// One who listens at a hub: what for, and what was not read yet.
final class Listener {

    private final long most;
    private final AtomicLong unread = new AtomicLong(); // bytes
    private final BoundedSourceQueue<Message> queue;
    private final Source<Message, NotUsed> messages;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Wishes> settled = new CompletableFuture<>();
    private volatile Wishes wishes;

    Listener(Wishes wishes, ModernSettings.Listening settings, ActorSystem<?> system) {
        this.wishes = wishes;
        this.most = settings.bufferBytes();
        var ends = Source.<Message>queue(settings.buffer()).preMaterialize(system);
        this.queue = ends.first();
        this.messages = ends.second().map(this::read);
    }

    Wishes wishes() {
        return wishes;
    }

    /// It hears of no more than this.
    void narrow(Wishes fewer) {
        wishes = fewer;
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
        var size = message.bytes().size();
        if (unread.addAndGet(size) <= most && queue.offer(message).equals(QueueOfferResult.enqueued())) {
            return true;
        }
        unread.addAndGet(-size);
        return false;
    }

    private Message read(Message message) {
        unread.addAndGet(-message.bytes().size());
        return message;
    }

    /// What it was told so far is still read.
    void end() {
        if (ended.compareAndSet(false, true)) {
            queue.complete();
        }
    }
}
