package gatehouse.node.edge.wire;

import gatehouse.node.edge.wire.FrameWatch.Ear;
import gatehouse.node.edge.wire.FrameWatch.Mouth;
import gatehouse.node.edge.wire.Framing.Phase;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/// The life of one connection in [FrameWatch].
///
/// Requests pass one at a time: the next head is looked at when the response to the last has passed whole. So there is
/// never a
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
        setHandler(at.fromSocket, new Ear(() -> arrived(grab(at.fromSocket)), this::peerFinished, this::cut));
        setHandler(at.toHttp, new Mouth(this::advance, this::deafen));
        setHandler(at.fromHttp, new Ear(() -> write(grab(at.fromHttp)), this::end, this::cut));
        setHandler(at.toSocket, new Mouth(this::write, this::cut));
    }

    @Override
    public void preStart() {
        patience.begin(Phase.IDLE, Connections.now());
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
            case DRAIN -> {
                draining = true;
                if (!inFlight && !last) {
                    completeStage();
                }
            }
            case CUT -> cut();
        }
    }

    private void due(long now) {
        if (due() > now) {
            return; // it was due when told, and has moved since
        }
        if (last || patience.stalled(now)) {
            cut();
            return;
        }
        switch (phase()) {
            case IDLE, COMPLETE -> completeStage();
            case HEAD -> refuse(Fault.SLOW_HEAD);
            case BODY -> refuse(Fault.SLOW_BODY);
        }
    }

    private void arrived(ByteString bytes) {
        if (phase() == Phase.BODY) {
            patience.bodyCame(bytes.size(), Connections.now());
        }
        if (!last && !isClosed(at.toHttp)) {
            intake.take(bytes);
        }
        advance();
    }

    private void advance() {
        handOn();
        while (intake.hasUnread() && !intake.hasReady() && !last && phase() != Phase.COMPLETE) {
            inspect();
        }
        if (intake.isEmpty() && !hasBeenPulled(at.fromSocket) && !isClosed(at.fromSocket)) {
            if (phase() == Phase.BODY) {
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
            return;
        }
        if (phase() != before && phase() != Phase.COMPLETE) {
            patience.begin(phase(), Connections.now());
        }
        if (phase() != Phase.HEAD && !inFlight) {
            inFlight = true;
            outflow.framing().expect(intake.framing().bodiless());
        }
        handOn();
    }

    private void handOn() {
        if (intake.hasReady() && isAvailable(at.toHttp)) {
            push(at.toHttp, Plaintext.wrap(intake.handOn()));
        }
    }

    /// The HTTP layer will take nothing more; what it still has to say is waited for.
    private void deafen() {
        intake.clear();
        advance();
    }

    /// Who closes while its request is in flight has gone; nobody keeps only the reading half open on purpose.
    private void peerFinished() {
        if (inFlight && !last) {
            cut();
        } else if (!last) {
            completeStage();
        }
    }

    private void write(SslTlsOutbound part) {
        outflow.add(Plaintext.unwrap(part));
        write();
    }

    private void write() {
        if (isAvailable(at.toSocket)) {
            patience.taken();
        }
        if (!outflow.isEmpty() && isAvailable(at.toSocket)) {
            push(at.toSocket, outflow.piece());
            patience.written(Connections.now());
        }
        if (outflow.isEmpty() && inFlight && outflow.framing().done() && phase() == Phase.COMPLETE) {
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
        patience.begin(Phase.IDLE, Connections.now());
        last = last || draining;
        advance();
    }

    /// What the socket has taken is all that will be: half-close, so that the client can read it, and wait for its
    /// close.
    private void leaveIfWritten() {
        if (last && !leaving && outflow.isEmpty() && isAvailable(at.toSocket)) {
            leaving = true;
            patience.leave(Connections.now());
            complete(at.toSocket);
            hangUp();
        }
    }

    /// Says why, unless a response to the same request has begun: then there is nothing left to say.
    private void refuse(Fault fault) {
        at.connections.refused(fault);
        if (inFlight && outflow.framing().begun()) {
            cut();
            return;
        }
        intake.clear();
        outflow.append(fault.response());
        hangUp();
        end();
        advance();
    }

    private void end() {
        last = true;
        write();
    }

    /// Ends it at once, also for a peer that does not read: the socket is reset.
    private void cut() {
        hangUp();
        fail(at.toSocket, new Cut());
        cancel(at.fromSocket, new Cut());
    }

    private void hangUp() {
        complete(at.toHttp);
        cancel(at.fromHttp);
    }

    private Phase phase() {
        return intake.framing().phase();
    }

    private void tune() {
        connection.due(due());
    }

    /// Once nothing more will be read, only what is written can be late.
    private long due() {
        return patience.due(last ? Phase.COMPLETE : phase());
    }
}
