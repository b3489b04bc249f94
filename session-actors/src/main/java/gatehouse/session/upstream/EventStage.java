package gatehouse.session.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/// Turns the bytes of one event stream into its events, within its bounds of size, silence and age.
///
/// The stream ends with the answer it was opened for: the reader has it at once, while the rest of the body is awaited
/// for a moment and dropped, so that the connection can be used again.
final class EventStage extends GraphStage<FlowShape<ByteString, Event>> {

    private static final String QUIET = "quiet";
    private static final String OLD = "old";
    private static final String DRAIN = "drain";

    private final Inlet<ByteString> in = Inlet.create("bytes");
    private final Outlet<Event> out = Outlet.create("events");
    private final FlowShape<ByteString, Event> shape = FlowShape.of(in, out);
    private final EventStreams streams;
    private final Expectation expectation;
    private final EventStreams.Hold hold;

    EventStage(EventStreams streams, Expectation expectation, EventStreams.Hold hold) {
        this.streams = streams;
        this.expectation = expectation;
        this.hold = hold;
    }

    @Override
    public FlowShape<ByteString, Event> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {

        private final EventReader reader = streams.reader();
        private final Arriving arriving = hold.arriving();
        private final Deque<Event> ready = new ArrayDeque<>(); // at most what one piece of bytes held
        private int reading; // bytes of the one that was asked for last
        private int unread; // bytes of all that were not read yet
        private boolean mine;
        private boolean clean;
        private boolean answered;
        private int silence; // in quarters of what is allowed

        Logic() {
            super(shape);
            setHandler(in, new Bytes());
            setHandler(out, new Events());
        }

        @Override
        public void preStart() {
            mine = hold.claim();
            if (!mine) {
                failStage(new Broken(Fault.unknown("event stream was read too late, or twice")));
                return;
            }
            if (expectation.kind() != Expectation.Kind.SESSION) {
                scheduleOnce(OLD, streams.bounds().stream());
                var quarter = streams.quiet().dividedBy(4);
                scheduleAtFixedRate(QUIET, quarter, quarter);
            }
            pull(in);
        }

        @Override
        public void postStop() {
            arriving.giveBack();
            if (mine) {
                hold.giveBack(clean);
            }
        }

        @Override
        public void onTimer(Object key) {
            if (key.equals(DRAIN)) {
                completeStage();
            } else if (key.equals(OLD)) {
                failStage(new Broken(Fault.tooSlow("event stream lasted too long")));
            } else if (hasBeenPulled(in) && ++silence > 4) {
                failStage(new Broken(Fault.tooSlow("event stream fell silent")));
            }
        }

        private void take(EventReader.Frame frame) {
            var event = streams.event(frame);
            for (var message : event.message()) {
                switch (expectation.correlation().tie(message)) {
                    case ANSWER -> answered = true;
                    case BESIDE -> {}
                    case FOREIGN -> throw new Broken(Fault.garbled("event answers no request of ours"));
                }
            }
            ready.add(event);
            unread += event.size();
        }

        private void deliver() {
            if (isAvailable(out) && !ready.isEmpty()) {
                var event = ready.remove();
                reading = event.size();
                push(out, event);
            }
            if (!ready.isEmpty()) {
                return;
            }
            if (isClosed(in)) {
                completeStage();
            } else if (answered) {
                complete(out);
                drain();
            } else {
                listen();
            }
        }

        private void drain() {
            ready.clear();
            scheduleOnce(DRAIN, streams.bounds().drain());
            listen();
        }

        private void listen() {
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }

        private void take(ByteString piece) {
            for (var frame : reader.read(piece)) {
                if (!answered) {
                    take(frame);
                }
            }
            if (reader.isOverfull()) {
                throw new Broken(Fault.EVENT_TOO_LARGE);
            }
            arriving.hold(reader.held() + unread);
        }

        private final class Bytes extends AbstractInHandler {

            @Override
            public void onPush() {
                silence = 0;
                var piece = grab(in);
                if (answered) {
                    listen();
                    return;
                }
                try {
                    take(piece);
                    deliver();
                } catch (Broken broken) {
                    failStage(broken);
                }
            }

            @Override
            public void onUpstreamFinish() {
                clean = true;
                deliver();
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                failStage(failure instanceof Broken ? failure : new Broken(Faults.of(failure)));
            }
        }

        private final class Events extends AbstractOutHandler {

            @Override
            public void onPull() {
                unread -= reading;
                reading = 0;
                arriving.hold(reader.held() + unread);
                deliver();
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                if (answered) {
                    drain();
                } else {
                    cancelStage(cause);
                }
            }
        }
    }
}
