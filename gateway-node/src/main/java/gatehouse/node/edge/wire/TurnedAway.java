package gatehouse.node.edge.wire;

import java.time.Duration;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// What becomes of a connection that is one too many.
public final class TurnedAway {

    private TurnedAway() {}

    /// Reads nothing, says why, and gives the client a moment to hear it.
    public static Flow<ByteString, ByteString, NotUsed> flow(Duration linger) {
        var ears = Flow.of(ByteString.class).completionTimeout(linger).to(Sink.ignore());
        return Flow.fromSinkAndSource(ears, Source.single(Fault.CROWDED.response()));
    }

    /// Resets it without a word: when even those to be told are too many.
    public static Flow<ByteString, ByteString, NotUsed> silently() {
        return Flow.fromSinkAndSource(Sink.cancelled(), Source.failed(new Cut()));
    }
}
