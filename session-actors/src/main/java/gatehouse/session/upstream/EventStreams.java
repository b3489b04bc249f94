package gatehouse.session.upstream;

import gatehouse.session.mcp.Codec;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Reading;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;

/// Makes streams of events out of event-stream bodies, and sees to it that each gives its connection back.
final class EventStreams {

    private final ActorSystem<?> system;
    private final Codec codec;
    private final UpstreamSettings.Bounds bounds;
    private final Duration quiet;

    EventStreams(ActorSystem<?> system, Codec codec, UpstreamSettings.Bounds bounds, Duration quiet) {
        this.system = system;
        this.codec = codec;
        this.bounds = bounds;
        this.quiet = quiet;
    }

    Source<Event, NotUsed> read(Reception.Stream stream, Turn turn, Connection connection) {
        var hold = new Hold(turn, connection);
        var expiry = system.scheduler().scheduleOnce(bounds.claim(), hold::expire, system.executionContext());
        hold.expiresWith(expiry);
        return stream.bytes()
                .mapMaterializedValue(any -> NotUsed.getInstance())
                .via(new EventStage(this, stream.expectation(), hold));
    }

    UpstreamSettings.Bounds bounds() {
        return bounds;
    }

    Duration quiet() {
        return quiet;
    }

    EventReader reader() {
        return new EventReader(bounds.event());
    }

    /// @throws Broken if the event holds no message
    Event event(EventReader.Frame frame) {
        if (frame.data().isEmpty()) {
            return new Event(frame.id(), frame.retryMillis(), List.of(), frame.endpoint());
        }
        return switch (codec.fromUpstream(frame.data())) {
            case Reading.Read(Message message) -> new Event(frame.id(), frame.retryMillis(), List.of(message));
            case Reading.Malformed malformed -> throw new Broken(Fault.garbled(malformed.text()));
        };
    }

    /// A stream's hold on its connection: claimed by whoever reads it, and given back once.
    static final class Hold {
        private final Turn turn;
        private final Connection connection;
        private final AtomicBoolean claimed = new AtomicBoolean();
        private volatile Cancellable expiry = Cancellable.alreadyCancelled();

        Hold(Turn turn, Connection connection) {
            this.turn = turn;
            this.connection = connection;
        }

        void expiresWith(Cancellable timer) {
            expiry = timer;
        }

        Arriving arriving() {
            return turn.arriving();
        }

        /// False if it was claimed before, or expired.
        boolean claim() {
            var mine = claimed.compareAndSet(false, true);
            expiry.cancel();
            return mine;
        }

        void expire() {
            if (claim()) {
                connection.closeOn(turn);
            }
        }

        /// @param clean whether the body was read to its end
        void giveBack(boolean clean) {
            if (clean) {
                connection.free(turn);
            } else {
                connection.closeOn(turn);
            }
        }
    }
}
