package gatehouse.node.edge.wire;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/// One request whose response is awaited: either the response comes first, or the client goes first.
///
/// A response that nobody will take may hold on to a call; its entity is cancelled so that the call learns of it.
final class Pending {

    private final CompletableFuture<HttpResponse> response = new CompletableFuture<>();
    private final CompletableFuture<Done> departure = new CompletableFuture<>();
    private final Materializer materializer;
    private boolean taken; // seen by the stage alone, as are `take` and `leave`

    Pending(Materializer materializer) {
        this.materializer = materializer;
    }

    CompletionStage<Done> departure() {
        return departure;
    }

    /// From any thread.
    void arrive(HttpResponse arrived) {
        if (!response.complete(arrived)) {
            drop(arrived);
        }
    }

    boolean isHere() {
        return response.isDone();
    }

    HttpResponse take() {
        taken = true;
        return response.join();
    }

    void leave() {
        if (response.completeExceptionally(new CancellationException("the client has gone"))) {
            departure.complete(Done.getInstance());
        } else if (!taken) {
            drop(response.join());
        }
    }

    private void drop(HttpResponse unwanted) {
        if (!unwanted.entity().isStrict()) {
            unwanted.entity().getDataBytes().runWith(Sink.cancelled(), materializer);
        }
    }
}
