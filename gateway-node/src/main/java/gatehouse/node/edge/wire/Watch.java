package gatehouse.node.edge.wire;

import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/// The life of one connection in [FrameWatch].
///
/// Requests pass one at a time: the next head is looked at when the response to the last has passed whole. So there is never a
/// doubt which request a refusal answers, and bytes sent ahead wait in the client's own socket.
final class Watch extends GraphStageLogic {

    private final FrameWatch at;
    private final Intake intake;
    private final Outflow outflow = new Outflow();
    private final Patience patience;
    private final Connection connection;

    private boolean inFlight; // a request was let through whose response has not passed whole
    private boolean draining; // this response is the last
    private boolean last; // nothing more will be read: what waits to be written is all that comes
    private boolean leaving; // all is written

    Watch(FrameWatch at) {
        super(at.shape());
        this.at = at;
        intake = new Intake(at.limits);
        patience = new Patience(at.deadlines);
        connection = new Connection(createAsyncCallback(this::told));
        setHandler(at.fromSocket, new FromSocket());
        setHandler(at.toHttp, new ToHttp());
        setHandler(at.fromHttp, new FromHttp());
        setHandler(at.toSocket, new ToSocket());
    }

    @Override
    public void preStart() {
        patience.begin(Connections.now());
        at.connections.watch(connection);
        advance();
    }

    @Override
    public void postStop() {
        at.connections.forget(connection);
        at.connections.leave(at.address);
    }

    private void told(Connection.Signal signal) {
        switch (signal) {
            case DUE -> due(Connections.now());
            case DRAIN -> drain();
            case CUT -> cut();
        }
    }

    private void due(long now) {
        if (patience.due(phase()) > now || (last && !leaving && !patience.stalled(now))) {
            tune();
        } else if (leaving || patience.stalled(now)) {
            cut();
        } else {
            switch (phase()) {
                case IDLE -> completeStage();
                case HEAD -> refuse(Fault.SLOW_HEAD);
                case BODY -> refuse(Fault.SLOW_BODY);
                case COMPLETE -> tune();
            }
        }
    }

    private void drain() {
        draining = true;
        if (!inFlight && !last) {
            completeStage();
        }
    }

    private void arrived(ByteString bytes) {
        if (phase() == Framing.Phase.BODY) {
            patience.bodyCame(bytes.size(), Connections.now());
        }
        if (!last && !isClosed(at.toHttp)) {
            intake.take(bytes);
        }
        advance();
    }

    private void advance() {
        while (intake.hasUnread() && !intake.hasReady() && !last && phase() != Framing.Phase.COMPLETE) {
            inspect();
        }
        if (intake.isEmpty() && !hasBeenPulled(at.fromSocket) && !isClosed(at.fromSocket)) {
            if (phase() == Framing.Phase.BODY) {
                patience.awaitBody(Connections.now());
            }
            pull(at.fromSocket);
        }
        tune();
    }

    private void inspect() {
        var before = phase();
        intake.read();
        if (intake.framing().fault() != Fault.NONE) {
            refuse(intake.framing().fault());
        } else if (phase() == Framing.Phase.HEAD) {
            if (before == Framing.Phase.IDLE) {
                patience.begin(Connections.now());
            }
        } else {
            letThrough(before);
        }
    }

    private void letThrough(Framing.Phase before) {
        if (!inFlight) {
            inFlight = true;
            outflow.framing().expect(intake.framing().bodiless());
        }
        if (phase() == Framing.Phase.BODY && before != Framing.Phase.BODY) {
            patience.body(0);
        }
        handOn();
    }

    private void handOn() {
        if (intake.hasReady() && isAvailable(at.toHttp)) {
            push(at.toHttp, Plaintext.wrap(intake.handOn()));
        }
    }

    private void write() {
        if (!outflow.isEmpty() && isAvailable(at.toSocket)) {
            push(at.toSocket, outflow.piece());
            patience.written(Connections.now());
        }
        if (outflow.isEmpty() && inFlight && outflow.framing().done() && phase() == Framing.Phase.COMPLETE) {
            answered();
        }
        if (!last && outflow.hasRoom() && !hasBeenPulled(at.fromHttp) && !isClosed(at.fromHttp)) {
            pull(at.fromHttp);
        }
        leaveIfWritten();
        tune();
    }

    private void answered() {
        inFlight = false;
        intake.framing().next();
        patience.begin(Connections.now());
        last = last || draining;
        advance();
    }

    /// What the socket has taken is all that will be: half-close, so that the client can read it, and wait for its close.
    private void leaveIfWritten() {
        if (last && !leaving && outflow.isEmpty() && isAvailable(at.toSocket)) {
            leaving = true;
            patience.leave(Connections.now());
            complete(at.toSocket);
            complete(at.toHttp);
            cancel(at.fromHttp);
            tune();
        }
    }

    /// Says why, unless a response to the same request has begun: then there is nothing left to say.
    private void refuse(Fault fault) {
        if (inFlight && outflow.framing().begun()) {
            cut();
            return;
        }
        last = true;
        intake.clear();
        outflow.append(fault.response());
        complete(at.toHttp);
        cancel(at.fromHttp);
        write();
        advance();
    }

    /// Ends it at once, also for a peer that does not read: the socket is reset.
    private void cut() {
        complete(at.toHttp);
        cancel(at.fromHttp);
        fail(at.toSocket, new Cut());
        cancel(at.fromSocket, new Cut());
    }

    private Framing.Phase phase() {
        return intake.framing().phase();
    }

    private void tune() {
        connection.due(patience.due(phase()));
    }

    private final class FromSocket extends AbstractInHandler {
        @Override
        public void onPush() {
            arrived(grab(at.fromSocket));
        }

        /// Who closes while its request is in flight has gone; nobody keeps only the reading half open on purpose.
        @Override
        public void onUpstreamFinish() {
            if (last) {
                leaveIfWritten();
            } else if (inFlight) {
                cut();
            } else {
                completeStage();
            }
        }

        @Override
        public void onUpstreamFailure(Throwable failure) {
            cut();
        }
    }

    private final class ToHttp extends AbstractOutHandler {
        @Override
        public void onPull() {
            handOn();
            advance();
        }

        @Override
        public void onDownstreamFinish(Throwable cause) {
            intake.clear();
            advance();
        }
    }

    private final class FromHttp extends AbstractInHandler {
        @Override
        public void onPush() {
            outflow.add(Plaintext.unwrap(grab(at.fromHttp)));
            write();
        }

        @Override
        public void onUpstreamFinish() {
            last = true;
            write();
        }

        @Override
        public void onUpstreamFailure(Throwable failure) {
            cut();
        }
    }

    private final class ToSocket extends AbstractOutHandler {
        @Override
        public void onPull() {
            patience.taken();
            write();
        }

        @Override
        public void onDownstreamFinish(Throwable cause) {
            cut();
        }
    }
}
