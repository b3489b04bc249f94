package gatehouse.session.call;

import gatehouse.session.lifecycle.Outbox;
import gatehouse.session.lifecycle.StreamKey;
import gatehouse.session.lifecycle.StreamLog;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// The stream of a call whose node died with it.
record Orphan(Outbox outbox, StreamKey stream, StreamLog.Bounds bounds) {

    /// Ends it, for the client to hear that nobody knows how the call ended. Who finishes second finds it finished.
    CompletionStage<Done> finish() {
        return outbox.extent(stream)
                .thenCompose(extent -> extent.closed() ? done() : close(extent))
                .exceptionallyCompose(failure -> failure.getCause() instanceof Outbox.StaleWriter
                        ? done()
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletionStage<Done> close(Outbox.Extent extent) {
        var error = Failures.nodeLost();
        var message = Message.error(error.code(), error.text(), error.data())
                .with(Place.ID, extent.request().utf8String());
        return new StreamLog(outbox, stream, bounds, extent.last()).close(List.of(message.bytes()));
    }

    private static CompletionStage<Done> done() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }
}
