package gatehouse.session.call;

import gatehouse.config.catalogue.RouteId;
import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.Word;
import gatehouse.session.mcp.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Ends sessions at their client's wish.
public final class Endings {

    private final CallPorts ports;

    public Endings(CallPorts ports) {
        this.ports = ports;
    }

    public CompletionStage<Answer> end(Visit visit) {
        return ports.ids()
                .key(visit.principal(), visit.session())
                .map(key -> end(key, visit.route().id()))
                .orElseGet(() -> CompletableFuture.completedFuture(refused(Refusal.unknownSession())));
    }

    private CompletionStage<Answer> end(SessionKey key, RouteId route) {
        return ports.door()
                .ask(
                        key,
                        replyTo -> new SessionActor.End(route, false, replyTo),
                        replyTo -> new SessionActor.End(route, true, replyTo),
                        ports.sessions().settings().ask())
                .thenApply(word -> switch (word) {
                    case Word.Noted noted -> new Answer.Ended();
                    case Word.Unknown unknown -> refused(Refusal.unknownSession());
                    case Word other -> refused(Refusals.unavailable("session"));
                });
    }

    private static Answer refused(Refusal refusal) {
        return new Answer.Refused(List.of(), refusal);
    }
}
