package gatehouse.node.edge;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import gatehouse.node.edge.wire.Deadlines;
import gatehouse.node.edge.wire.Limits;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.http.scaladsl.Http;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import scala.Option;
import scala.concurrent.duration.Duration;

/// Pekko's HTTP/1.1, set so that whatever [wire][gatehouse.node.edge.wire] lets through passes here too.
final class HttpLayer {

    // The full text would repeat what a client sent.
    private static final String VERBOSITY = "pekko.http.server.parsing.error-logging-verbosity";
    private static final ConfigValue BRIEF = ConfigValueFactory.fromAnyRef("simple");

    private HttpLayer() {}

    /// One layer serves all connections: making it reads in all header names, which takes milliseconds.
    ///
    /// The Scala layer is taken, as only that can be told of TLS and needs no stages to translate between two kinds
    /// of
    /// message: there is one, and the cast says so.
    @SuppressWarnings("unchecked")
    static BidiFlow<HttpResponse, SslTlsOutbound, SslTlsInbound, HttpRequest, NotUsed> create(
            ActorSystem<?> system, EdgeSettings settings) {
        var server = (org.apache.pekko.http.scaladsl.settings.ServerSettings)
                server(system, settings.limits(), settings.deadlines());
        var log = system.classicSystem().log();
        var secure = settings.transport() instanceof EdgeSettings.Tls;
        BidiFlow<?, ?, ?, ?, ?> layer =
                new BidiFlow<>(Http.apply(system).serverLayer(server, Option.empty(), log, secure));
        return (BidiFlow<HttpResponse, SslTlsOutbound, SslTlsInbound, HttpRequest, NotUsed>) layer;
    }

    private static ServerSettings server(ActorSystem<?> system, Limits limits, Deadlines deadlines) {
        var given = ServerSettings.create(system.settings().config().withValue(VERBOSITY, BRIEF));
        var timeouts = given.getTimeouts()
                .withRequestTimeout(Duration.Zero()) // no stage for it: deadlines belong to who answers
                .withLingerTimeout(Duration.create(deadlines.linger().toNanos(), TimeUnit.NANOSECONDS));
        return given.withServerHeader(Optional.empty())
                .withTimeouts(timeouts)
                .withPipeliningLimit(1)
                .withTransparentHeadRequests(false)
                .withVerboseErrorMessages(false)
                .withRemoteAddressAttribute(false)
                .withParserSettings(parser(given.getParserSettings(), limits));
    }

    private static ParserSettings parser(ParserSettings given, Limits limits) {
        return given.withMaxUriLength(limits.head().target())
                .withMaxHeaderValueLength(limits.head().value())
                .withMaxHeaderCount(limits.head().fields())
                .withMaxContentLength(limits.body())
                .withMaxToStrictBytes(limits.body())
                .withMaxChunkSize(limits.chunks().size())
                .withMaxChunkExtLength(limits.chunks().extension())
                .withIllegalHeaderWarnings(false);
    }
}
