package gatehouse.node.edge;

import gatehouse.policy.rate.Load;
import gatehouse.policy.verdict.Denial;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/// Hands large messages to a client slice by slice, so that what it does not read is held here, once, and counted.
///
/// Where there is no room for a message the stream ends, with last words if there are any.
final class Slices extends GraphStage<FlowShape<ByteString, ByteString>> {

    private static final int SLICE = 64 * 1024;

    private final Inlet<ByteString> in = Inlet.create("messages");
    private final Outlet<ByteString> out = Outlet.create("slices");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final Load room;
    private final Function<Denial, Optional<ByteString>> lastWords;

    /// @param room is given back when the stream ends
    Slices(Load room, Function<Denial, Optional<ByteString>> lastWords) {
        this.room = room;
        this.lastWords = lastWords;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {

        private ByteString rest = ByteString.emptyByteString();
        private boolean held;

        Logic() {
            super(shape);
            setHandler(in, new Messages());
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    next();
                }
            });
        }

        @Override
        public void postStop() {
            room.giveBack();
        }

        private void next() {
            if (!rest.isEmpty()) {
                push(out, rest.take(SLICE));
                rest = rest.drop(SLICE);
                return;
            }
            if (held) {
                held = false;
                room.hold(0);
            }
            if (isClosed(in)) {
                completeStage();
            } else {
                pull(in);
            }
        }

        private void begin(ByteString message) {
            var denial = room.hold(message.size());
            if (denial.isPresent()) {
                cancel(in);
                lastWords.apply(denial.get()).ifPresent(words -> push(out, words));
                completeStage();
                return;
            }
            held = true;
            rest = message;
            next();
        }

        private final class Messages extends AbstractInHandler {

            @Override
            public void onPush() {
                var message = grab(in);
                if (message.size() > Load.SMALL) {
                    begin(message);
                } else {
                    push(out, message);
                }
            }

            @Override
            public void onUpstreamFinish() {
                if (rest.isEmpty()) {
                    completeStage();
                }
            }
        }
    }
}
