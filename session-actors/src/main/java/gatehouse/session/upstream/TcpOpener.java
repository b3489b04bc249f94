package gatehouse.session.upstream;

import com.typesafe.config.ConfigFactory;
import gatehouse.session.upstream.dial.Locator;
import gatehouse.session.upstream.dial.SafeDialler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Host;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.io.Inet;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/// Opens HTTP connections to addresses that were judged, and tells Pekko no name it could look up again.
final class TcpOpener implements Opener {

    /// Silence, age and size are bounded where their meaning is known; nothing an upstream says reaches a log.
    private static final String HTTP = """
            pekko.http.client {
              user-agent-header = Gatehouse
              idle-timeout = infinite
              parsing {
                max-content-length = infinite
                max-header-value-length = 16k
                max-chunk-size = 1m
                modeled-header-parsing = off
                illegal-header-warnings = off
                error-logging-verbosity = off
              }
            }
            """;
    private static final List<Inet.SocketOption> AT_ONCE = List.of(TcpSO.tcpNoDelay(true));

    private static final Attributes SILENT =
            Attributes.createLogLevels(Attributes.logLevelOff(), Attributes.logLevelOff(), Attributes.logLevelOff());

    private final ActorSystem<?> system;
    private final Egress egress;
    private final Locator locator;
    private final Duration connect;
    private final UpstreamSettings.Bounds bounds;
    private final Reception reception;
    private final BidiFlow<HttpRequest, ByteString, ByteString, HttpResponse, NotUsed> layers;

    TcpOpener(
            ActorSystem<?> system,
            Egress egress,
            Locator locator,
            Duration connect,
            UpstreamSettings.Bounds bounds,
            Reception reception) {
        this.system = system;
        this.egress = egress;
        this.locator = locator;
        this.connect = connect;
        this.bounds = bounds;
        this.reception = reception;
        this.layers = layers();
    }

    @Override
    public CompletionStage<Opened> open(Connections pool) {
        return egress.dialler().dial(locator).thenCompose(dialled -> switch (dialled) {
            case SafeDialler.Checked(var addresses) -> first(addresses, pool);
            case SafeDialler.Refused(var reason) -> CompletableFuture.completedFuture(new Shut(Fault.notSent(reason)));
        });
    }

    /// The first address that answers, one after the other.
    private CompletionStage<Opened> first(List<InetSocketAddress> addresses, Connections pool) {
        var rest = addresses.subList(1, addresses.size());
        return connect(addresses.getFirst(), pool)
                .thenCompose(opened -> opened instanceof Shut && !rest.isEmpty()
                        ? first(rest, pool)
                        : CompletableFuture.completedFuture(opened));
    }

    private CompletionStage<Opened> connect(InetSocketAddress address, Connections pool) {
        var tcp = Tcp.get(system)
                .outgoingConnection(address, Optional.empty(), AT_ONCE, false, Optional.of(connect), Optional.empty());
        // detached, so that the end of an idle connection is seen when it comes and not when the next turn needs it
        var http = layers.join(tcp.via(Flow.<ByteString>create().detach()), Keep.right());
        var made = http.joinMat(new ConnectionStage(pool, reception), Keep.both())
                .addAttributes(SILENT)
                .run(system);
        return made.first()
                .handle((connected, failure) -> failure == null
                        ? new Open(made.second())
                        : new Shut(Fault.notSent("connection could not be made")));
    }

    private BidiFlow<HttpRequest, ByteString, ByteString, HttpResponse, NotUsed> layers() {
        var standard = locator.port() == (locator.secure() ? 443 : 80);
        var host = standard ? Host.create(locator.host()) : Host.create(locator.host(), locator.port());
        return Http.get(system)
                .clientLayer(host, settings())
                .atop(BidiFlow.fromGraph(new AnswerWatch(bounds)))
                .atop(security());
    }

    private BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> security() {
        if (locator.secure()) {
            return TLS.create(() -> egress.tls().engine(locator), TLSClosing.eagerClose());
        }
        Flow<SessionBytes, SslTlsInbound, NotUsed> plain = Flow.upcast(Flow.create());
        return BidiFlow.fromFlows(Flow.<SslTlsOutbound>create(), plain).atop(TLSPlacebo.getInstance());
    }

    private ClientConnectionSettings settings() {
        return ClientConnectionSettings.create(
                ConfigFactory.parseString(HTTP).withFallback(system.settings().config()));
    }
}
