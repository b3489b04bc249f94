package gatehouse.session.crossing.legacy;

import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/// What a call holds while its stream goes on: seats in the waiting room, and the exchange that is under way. It is
/// given
/// back when the stream ends, however it ends, and nothing is taken after that.
final class Holding {

    private boolean over;
    private Runnable leave = () -> {};
    private CompletableFuture<Reply> underWay = CompletableFuture.completedFuture(new Reply.Accepted());

    /// The stream as the call has it.
    Reply streamed(Source<Event, NotUsed> events) {
        return new Reply.Streamed(
                events.watchTermination((unused, done) -> {
                    done.whenComplete((end, failure) -> end());
                    return unused;
                }),
                "");
    }

    /// False if it is over; then the seats are free again.
    synchronized boolean hold(Hearing round) {
        leave = round::leave;
        if (over) {
            round.leave();
        }
        return !over;
    }

    /// The next exchange; where it is over, none begins.
    synchronized CompletableFuture<Reply> carry(Supplier<CompletableFuture<Reply>> exchange) {
        if (over) {
            return CompletableFuture.completedFuture(new Reply.Refused(0, List.of(), ""));
        }
        underWay = exchange.get();
        return underWay;
    }

    synchronized boolean isOver() {
        return over;
    }

    private synchronized void end() {
        over = true;
        leave.run();
        underWay.cancel(true);
    }
}
