package gatehouse.session.upstream;

import java.util.function.Consumer;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/// Gathers a bounded body and hands it over on the spot, without the thread change of a future.
final class Gathering extends GraphStage<SinkShape<ByteString>> {

    /// What came of it.
    sealed interface Gathered {}

    record Body(ByteString bytes) implements Gathered {}

    record Spoiled(Fault fault) implements Gathered {}

    private final Inlet<ByteString> in = Inlet.create("body");
    private final SinkShape<ByteString> shape = SinkShape.of(in);
    private final int limit;
    private final Arriving arriving;
    private final Consumer<Gathered> then;

    /// @param arriving counts what is gathered; the [body][Body] is counted elsewhere
    Gathering(int limit, Arriving arriving, Consumer<Gathered> then) {
        this.arriving = arriving;
        this.limit = limit;
        this.then = then;
    }

    @Override
    public SinkShape<ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {

        private final Pile bytes = new Pile();

        Logic() {
            super(shape);
            setHandler(in, new Parts());
        }

        @Override
        public void preStart() {
            pull(in);
        }

        @Override
        public void postStop() {
            arriving.giveBack();
        }

        private void end(Gathered gathered) {
            then.accept(gathered);
        }

        private final class Parts extends AbstractInHandler {

            @Override
            public void onPush() {
                bytes.add(grab(in));
                if (bytes.size() > limit) {
                    spoil(Fault.ANSWER_TOO_LARGE);
                    return;
                }
                try {
                    arriving.hold(bytes.size());
                    pull(in);
                } catch (Broken noRoom) {
                    spoil(noRoom.fault());
                }
            }

            private void spoil(Fault fault) {
                cancel(in);
                end(new Spoiled(fault));
                completeStage();
            }

            @Override
            public void onUpstreamFinish() {
                end(new Body(bytes.take()));
                completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                end(new Spoiled(Faults.of(failure)));
                completeStage();
            }
        }
    }
}
