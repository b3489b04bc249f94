package gatehouse.session.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;

/// The user's end of one HTTP connection: turns go out as requests, answers come in.
///
/// One stream serves a connection for all its life. A small answer is read where it arrives, with no stream of its own.
final class ConnectionStage
        extends AbstractGraphStageWithMaterializedValue<FlowShape<HttpResponse, HttpRequest>, Connection> {

    private final Inlet<HttpResponse> in = Inlet.create("answers");
    private final Outlet<HttpRequest> out = Outlet.create("requests");
    private final FlowShape<HttpResponse, HttpRequest> shape = FlowShape.of(in, out);
    private final Connections pool;
    private final Reception reception;

    ConnectionStage(Connections pool, Reception reception) {
        this.pool = pool;
        this.reception = reception;
    }

    @Override
    public FlowShape<HttpResponse, HttpRequest> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, Connection> createLogicAndMaterializedValuePair(Attributes attributes) {
        var logic = new Logic();
        return Pair.create(logic, logic.connection);
    }

    private final class Logic extends GraphStageLogic {

        private static final Fault LOST = Fault.unknown("connection was lost");

        private final Connection connection;
        private final AsyncCallback<Reception.Taken> through = createAsyncCallback(taken -> leave());
        private final Deque<Turn> toSend = new ArrayDeque<>(1); // at most one: a turn holds the connection alone
        private Fault end = LOST;
        private boolean gathering;

        Logic() {
            super(shape);
            connection = new Connection(pool, createAsyncCallback(this::begin), createAsyncCallback(this::close));
            setHandler(in, new Answers());
            setHandler(out, new Requests());
        }

        @Override
        public void preStart() {
            pull(in);
        }

        @Override
        public void postStop() {
            connection.died(end);
        }

        private void begin(Turn turn) {
            if (turn.isOver()) {
                connection.free(turn);
            } else {
                toSend.add(turn);
                send();
            }
        }

        private void send() {
            if (isAvailable(out) && !toSend.isEmpty()) {
                var turn = toSend.remove();
                turn.sending();
                push(out, turn.request());
            }
        }

        private void close(Connection.State holder) {
            if (connection.state() != holder) {
                return;
            }
            if (holder == Connection.Nobody.IDLE) {
                completeStage();
            } else {
                failStage(new Broken(LOST)); // an error resets the connection at once, whatever is under way
            }
        }

        private void answered(Turn turn, HttpResponse response) {
            switch (reception.judge(turn.expectation(), response)) {
                case Reception.Taken taken -> taken(turn, taken);
                case Reception.Rest rest -> gather(turn, rest);
                case Reception.Stream stream -> open(turn, stream);
            }
        }

        private void taken(Turn turn, Reception.Taken taken) {
            switch (taken) {
                case Reception.Whole(var reply) -> {
                    connection.free(turn);
                    turn.complete(reply);
                }
                case Reception.Last(var reply) -> finish(turn, reply);
            }
        }

        /// The end of the connection may be the end of the body, and may be seen before it: then the body is
        /// waited for.
        private void gather(Turn turn, Reception.Rest rest) {
            gathering = true;
            setKeepGoing(true);
            var sink = new Gathering(
                    rest.limit(),
                    turn.arriving(),
                    body -> gathered(turn, rest.then().apply(body)));
            rest.bytes().runWith(sink, subFusingMaterializer());
        }

        /// Runs within the stream of the body; this one is told where it has to do something.
        private void gathered(Turn turn, Reception.Taken taken) {
            gathering = false;
            setKeepGoing(false);
            if (taken instanceof Reception.Whole(var reply) && !isClosed(in) && !isClosed(out)) {
                connection.free(turn);
                turn.complete(reply);
            } else {
                connection.abandon(turn);
                turn.complete(taken.reply());
                through.invoke(taken);
            }
        }

        private void leave() {
            if (isClosed(in)) {
                completeStage();
            } else {
                failStage(new Broken(LOST));
            }
        }

        /// Answers with what there is, and gives the connection up with whatever it still holds.
        private void finish(Turn turn, Reply reply) {
            connection.abandon(turn);
            turn.complete(reply);
            failStage(new Broken(LOST));
        }

        private void open(Turn turn, Reception.Stream stream) {
            if (connection.becomesStream(turn)) {
                turn.complete(reception.stream(stream, turn, connection));
            } else {
                finish(turn, new Reply.Failed(Fault.noStream()));
            }
        }

        private final class Answers extends AbstractInHandler {

            @Override
            public void onPush() {
                var response = grab(in);
                if (connection.state() instanceof Turn turn) {
                    answered(turn, response);
                    if (!isClosed(in) && !hasBeenPulled(in)) {
                        pull(in);
                    }
                } else {
                    failStage(new Broken(LOST));
                }
            }

            @Override
            public void onUpstreamFinish() {
                if (!gathering) {
                    completeStage();
                }
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                end = Faults.of(failure);
                failStage(failure);
            }
        }

        private final class Requests extends AbstractOutHandler {

            @Override
            public void onPull() {
                send();
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                if (!gathering) {
                    end = Faults.of(cause);
                    cancelStage(cause);
                }
            }
        }
    }
}
