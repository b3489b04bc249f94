package gatehouse.session.upstream;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;

/// Stands between one upstream's socket and the HTTP layer: ends the connection of who sends what that layer must not
/// see, and puts together what it could do nothing with yet.
///
/// Without it one answer could end the node: see [AnswerFraming].
final class AnswerWatch extends GraphStage<BidiShape<SslTlsOutbound, SslTlsOutbound, SslTlsInbound, SslTlsInbound>> {

    /// From here on waiting bytes are handed on all the same: the layer's own pieces are no longer small.
    private static final int ENOUGH = 4096;

    private final Inlet<SslTlsOutbound> fromHttp = Inlet.create("AnswerWatch.fromHttp");
    private final Outlet<SslTlsOutbound> toSocket = Outlet.create("AnswerWatch.toSocket");
    private final Inlet<SslTlsInbound> fromSocket = Inlet.create("AnswerWatch.fromSocket");
    private final Outlet<SslTlsInbound> toHttp = Outlet.create("AnswerWatch.toHttp");
    private final UpstreamSettings.Bounds bounds;

    AnswerWatch(UpstreamSettings.Bounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public BidiShape<SslTlsOutbound, SslTlsOutbound, SslTlsInbound, SslTlsInbound> shape() {
        return BidiShape.of(fromHttp, toSocket, fromSocket, toHttp);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {

        private final AnswerFraming framing = new AnswerFraming(bounds.interim(), bounds.head());
        private final Chunks chunks = new Chunks();
        private final Pile held = new Pile(); // less than enough, and what one piece adds to it

        Logic() {
            super(AnswerWatch.this.shape());
            setHandler(fromHttp, new Requests());
            setHandler(toSocket, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(fromHttp);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    cancel(fromHttp, cause);
                }
            });
            setHandler(fromSocket, new Answers());
            setHandler(toHttp, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(fromSocket);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    cancel(fromSocket, cause);
                }
            });
        }

        private void arrived(SessionBytes part) {
            var bytes = part.bytes();
            var usable = framing.read(bytes.toArrayUnsafe(), chunks.of(bytes));
            chunks.letGo();
            if (!framing.fault().isEmpty()) {
                failStage(new Broken(Fault.garbled(framing.fault())));
            } else if (chunks.areMet()) {
                chunked(part);
            } else if (framing.hasSurplus()) {
                leave(part, usable);
            } else if (held.isEmpty() && usable == bytes.size()) {
                push(toHttp, part);
            } else if (usable > 0) {
                held.add(bytes.take(usable));
                push(toHttp, new SessionBytes(part.session(), held.take()));
                held.add(bytes.drop(usable).compact());
            } else {
                hold(part);
            }
        }

        /// A trailer is looked at anew with every piece, so it is handed on in large ones.
        private void chunked(SessionBytes part) {
            held.add(chunks.cut());
            var waits = framing.isInTrailer() && held.size() < ENOUGH;
            if (!held.isEmpty() && !waits) {
                push(toHttp, new SessionBytes(part.session(), held.take()));
            } else if (!framing.hasSurplus()) {
                pull(fromSocket);
            }
            if (framing.hasSurplus()) {
                completeStage();
            }
        }

        /// The answer under way is handed on; who says more than that is not asked again.
        private void leave(SessionBytes part, int usable) {
            held.add(part.bytes().take(usable));
            if (!held.isEmpty()) {
                push(toHttp, new SessionBytes(part.session(), held.take()));
            }
            completeStage();
        }

        private void hold(SessionBytes part) {
            held.add(part.bytes());
            if (held.size() >= ENOUGH) {
                push(toHttp, new SessionBytes(part.session(), held.take()));
            } else {
                pull(fromSocket);
            }
        }

        private final class Requests extends AbstractInHandler {

            @Override
            public void onPush() {
                framing.expect();
                push(toSocket, grab(fromHttp));
            }

            @Override
            public void onUpstreamFinish() {
                complete(toSocket);
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                fail(toSocket, failure);
            }
        }

        private final class Answers extends AbstractInHandler {

            @Override
            public void onPush() {
                switch (grab(fromSocket)) {
                    case SessionBytes part -> arrived(part);
                    case SslTlsInbound other -> push(toHttp, other);
                }
            }

            /// What is still held is the beginning of something that will not end: nothing would come of it.
            @Override
            public void onUpstreamFinish() {
                complete(toHttp);
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                fail(toHttp, failure);
            }
        }
    }
}
