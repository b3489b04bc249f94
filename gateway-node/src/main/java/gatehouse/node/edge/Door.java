package gatehouse.node.edge;

import gatehouse.node.edge.wire.Answering;
import gatehouse.node.edge.wire.Connections;
import gatehouse.node.edge.wire.Fault;
import gatehouse.node.edge.wire.FrameWatch;
import gatehouse.node.edge.wire.TurnedAway;
import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Tcp.IncomingConnection;
import org.apache.pekko.stream.scaladsl.TcpAttributes;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets connections in and sets each up, or turns it away.
final class Door {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final int TOLD_MOST = 1000; // connections turned away that may still be listening to why

    private final EdgeSettings settings;
    private final Function<HttpRequest, CompletionStage<HttpResponse>> answer;
    private final BidiFlow<HttpResponse, SslTlsOutbound, SslTlsInbound, HttpRequest, NotUsed> http;
    private final Materializer materializer;
    private final Connections inside;
    private final Connections turnedAway = new Connections(TOLD_MOST, 0, status -> {});

    Door(
            ActorSystem<?> system,
            EdgeSettings settings,
            Connections inside,
            Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
        this.settings = settings;
        this.answer = answer;
        this.inside = inside;
        this.http = HttpLayer.create(system, settings);
        this.materializer = Materializer.matFromSystem(system);
    }

    void open(IncomingConnection connection) {
        var address = connection.remoteAddress().getAddress();
        if (inside.enter(address)) {
            serve(connection, address);
            return;
        }
        inside.refused(Fault.CROWDED);
        if (turnedAway.enter(address)) {
            connection
                    .flow()
                    .watchTermination((none, done) -> done.whenComplete((any, failure) -> turnedAway.leave(address)))
                    .join(TurnedAway.flow(settings.deadlines().linger()))
                    .run(materializer);
        } else {
            connection.handleWith(TurnedAway.silently(), materializer);
        }
    }

    private void serve(IncomingConnection connection, InetAddress address) {
        var watch = new FrameWatch(settings.limits(), settings.deadlines(), inside, address);
        try {
            http.atop(BidiFlow.fromGraph(watch))
                    .join(socket(connection))
                    .join(Flow.fromGraph(new Answering(answer, RemoteAddress.create(connection.remoteAddress()))))
                    .run(materializer);
        } catch (RuntimeException failed) { // the edge must go on listening
            inside.leave(address);
            LOG.error("a connection could not be set up", failed);
        }
    }

    /// Asks for more to write only when the kernel has taken all: so a client that reads nothing shows.
    private static Flow<ByteString, ByteString, NotUsed> socket(IncomingConnection connection) {
        return connection.flow().addAttributes(TcpAttributes.tcpWriteBufferSize(1));
    }
}
