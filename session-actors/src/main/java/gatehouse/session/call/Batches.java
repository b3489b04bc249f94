package gatehouse.session.call;

import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.Word;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Decides whether several messages at once are taken. Of all revisions 2025-03-26 alone has that, so the session says.
public final class Batches {

    private static final int BAD_REQUEST = 400;

    private final CallPorts ports;

    public Batches(CallPorts ports) {
        this.ports = ports;
    }

    /// Why the session takes no batches, if it takes none.
    ///
    /// @param elsewhere what sessions of other revisions say, and those who name none
    public CompletionStage<Optional<Refusal>> judge(Visit visit, Refusal elsewhere) {
        if (visit.session().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.of(elsewhere));
        }
        return ports.ids()
                .key(visit.principal(), visit.session())
                .map(key -> judge(key, visit, elsewhere))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.of(Refusal.unknownSession())));
    }

    private CompletionStage<Optional<Refusal>> judge(SessionKey key, Visit visit, Refusal elsewhere) {
        return ports.door().ask(key, SessionActor.Look::new).thenApply(word -> switch (word) {
            case Word.Known(var session)
            when session.route().equals(visit.route().id()) ->
                session.version().equals(Dialect.V2025_03_26.version()) ? Optional.empty() : Optional.of(elsewhere);
            case Word.Known _, Word.Unknown _ -> Optional.of(Refusal.unknownSession());
            case Word other -> Optional.of(Refusals.unavailable("session"));
        });
    }

    /// What is wrong with these together, before anything is done about one of them.
    public static Optional<Refusal> flaw(List<Inbound> batch) {
        var ids = new HashSet<String>();
        for (var inbound : batch) {
            var message = inbound.message();
            if (message.method().equals("initialize")) {
                return refused("initialize cannot be part of a batch: send it alone, without a session");
            }
            switch (Threshold.judge(inbound)) {
                case Threshold.Way.InSession _ -> {}
                case Threshold.Way.Refused(var refusal) -> {
                    return Optional.of(refusal);
                }
                case Threshold.Way.Alone _, Threshold.Way.Opening _ -> {
                    return refused("a request of 2026-07-28 cannot be part of a batch: send it alone");
                }
            }
            if (message.kind() == Message.Kind.REQUEST
                    && !ids.add(message.id().orElseThrow().json())) {
                return refused("two requests of a batch have the same id; nothing of it was done");
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refused(String text) {
        return Optional.of(new Refusal(BAD_REQUEST, Codes.INVALID_REQUEST, text));
    }
}
