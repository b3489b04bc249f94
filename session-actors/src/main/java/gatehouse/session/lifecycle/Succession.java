package gatehouse.session.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/// Goes on with a stream that answers no request, from where it stands, or opens it if it is new.
///
/// Whoever goes on with one signs it first: from then on, whatever its former writer still appends collides, and it
/// knows
/// that it was overtaken.
record Succession(Outbox outbox, StreamKey key, StreamLog.Bounds bounds) {

    /// How often a stream is signed where its former writer is quicker.
    private static final int SIGNATURES = 5;

    /// With the stream of a session itself.
    static Succession of(Session session, SessionKey key, SessionPorts ports) {
        return new Succession(
                ports.outbox().apply(session.route()), new StreamKey(key, session.stream()), ports.settings().stream());
    }

    CompletionStage<StreamLog> log() {
        return log(SIGNATURES);
    }

    /// Whether an append failed because somebody else writes the stream now.
    static boolean isOvertaken(Throwable failure) {
        return failure instanceof Outbox.StaleWriter || failure.getCause() instanceof Outbox.StaleWriter;
    }

    private CompletionStage<StreamLog> log(int tries) {
        return outbox.extent(key)
                .thenCompose(extent -> {
                    var log = StreamLog.after(extent, outbox, key, bounds);
                    return begin(log, extent).thenApply(done -> log);
                })
                .exceptionallyCompose(failure ->
                        isOvertaken(failure) && tries > 1 ? log(tries - 1) : CompletableFuture.failedFuture(failure));
    }

    private static CompletionStage<Done> begin(StreamLog log, Outbox.Extent extent) {
        return extent.exists() ? log.sign() : log.open(ByteString.emptyByteString());
    }
}
