package gatehouse.node.edge;

import gatehouse.node.edge.EdgeSettings.Plain;
import gatehouse.node.edge.EdgeSettings.Tls;
import gatehouse.node.edge.wire.TlsKeys;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.IgnoreComplete$;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.stream.javadsl.Tcp.IncomingConnection;
import org.apache.pekko.stream.javadsl.Tcp.ServerBinding;

/// Where connections come from: a port, with TLS or without.
///
/// Half-close is on, so that a refusal can be read before the socket goes; no idle timeout, as
/// [gatehouse.node.edge.wire]
/// keeps better ones.
final class ListeningSocket {

    private ListeningSocket() {}

    static Source<IncomingConnection, CompletionStage<ServerBinding>> open(
            ActorSystem<?> system, EdgeSettings settings) {
        var at = settings.bind();
        return switch (settings.transport()) {
            case Plain plain ->
                Tcp.get(system)
                        .bind(
                                at.host(),
                                at.port(),
                                at.backlog(),
                                List.of(),
                                true,
                                Optional.<java.time.Duration>empty());
            case Tls tls -> encrypted(system, at, tls);
        };
    }

    private static Source<IncomingConnection, CompletionStage<ServerBinding>> encrypted(
            ActorSystem<?> system, EdgeSettings.Bind at, Tls tls) {
        try {
            var keys = TlsKeys.read(tls.certificates(), tls.key());
            return Tcp.get(system)
                    .bindWithTls(
                            at.host(),
                            at.port(),
                            keys::engine,
                            at.backlog(),
                            List.of(),
                            Optional.empty(),
                            session -> Optional.empty(),
                            IgnoreComplete$.MODULE$);
        } catch (IOException unusable) {
            return Source.<IncomingConnection>failed(unusable)
                    .mapMaterializedValue(none -> CompletableFuture.failedFuture(unusable));
        }
    }
}
