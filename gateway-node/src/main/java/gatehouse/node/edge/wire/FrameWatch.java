package gatehouse.node.edge.wire;

import java.net.InetAddress;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/// Stands between one client's socket and the HTTP layer: lets whole, unambiguous requests pass one by one, and ends
/// the
/// connection of who is malformed, slow, or deaf.
public final class FrameWatch extends GraphStage<BidiShape<SslTlsOutbound, ByteString, ByteString, SslTlsInbound>> {

    final Inlet<SslTlsOutbound> fromHttp = Inlet.create("FrameWatch.fromHttp");
    final Outlet<ByteString> toSocket = Outlet.create("FrameWatch.toSocket");
    final Inlet<ByteString> fromSocket = Inlet.create("FrameWatch.fromSocket");
    final Outlet<SslTlsInbound> toHttp = Outlet.create("FrameWatch.toHttp");
    final Limits limits;
    final Deadlines deadlines;
    final Connections connections;
    final InetAddress address;

    /// Watches one connection.
    ///
    /// @param address was [counted in][Connections#enter], and is counted out at the end
    public FrameWatch(Limits limits, Deadlines deadlines, Connections connections, InetAddress address) {
        this.limits = limits;
        this.deadlines = deadlines;
        this.connections = connections;
        this.address = address;
    }

    @Override
    public BidiShape<SslTlsOutbound, ByteString, ByteString, SslTlsInbound> shape() {
        return BidiShape.of(fromHttp, toSocket, fromSocket, toHttp);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Watch(this);
    }

    /// What is done when bytes come in.
    static final class Ear extends AbstractInHandler {

        private final Runnable push;
        private final Runnable finish;
        private final Runnable failure;

        Ear(Runnable push, Runnable finish, Runnable failure) {
            this.push = push;
            this.finish = finish;
            this.failure = failure;
        }

        @Override
        public void onPush() {
            push.run();
        }

        @Override
        public void onUpstreamFinish() {
            finish.run();
        }

        @Override
        public void onUpstreamFailure(Throwable cause) {
            failure.run();
        }
    }

    /// What is done when bytes are asked for.
    static final class Mouth extends AbstractOutHandler {

        private final Runnable pull;
        private final Runnable finish;

        Mouth(Runnable pull, Runnable finish) {
            this.pull = pull;
            this.finish = finish;
        }

        @Override
        public void onPull() {
            pull.run();
        }

        @Override
        public void onDownstreamFinish(Throwable cause) {
            finish.run();
        }
    }
}
