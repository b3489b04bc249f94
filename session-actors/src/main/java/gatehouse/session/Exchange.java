package gatehouse.session;

import gatehouse.session.call.Answer;
import gatehouse.session.call.Batches;
import gatehouse.session.call.CallPorts;
import gatehouse.session.call.Calls;
import gatehouse.session.call.Endings;
import gatehouse.session.call.Errands;
import gatehouse.session.call.Inbound;
import gatehouse.session.call.Listens;
import gatehouse.session.call.Openings;
import gatehouse.session.call.Threshold;
import gatehouse.session.call.Visit;
import gatehouse.session.lifecycle.SessionDirectory;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Hops;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/// The front door of everything that carries MCP: one inbound message in, one [Answer] out.
public final class Exchange {

    private final ActorRef<Calls.Carry> calls;
    private final Openings openings;
    private final Errands errands;
    private final Listens listens;
    private final Endings endings;
    private final Batches batches;
    private final int mostHops;

    public Exchange(ActorRef<Calls.Carry> calls, CallPorts ports, SessionDirectory directory) {
        this.calls = calls;
        this.openings = new Openings(ports, directory);
        this.errands = new Errands(ports);
        this.listens = new Listens(ports);
        this.endings = new Endings(ports);
        this.batches = new Batches(ports);
        this.mostHops = ports.settings().hops();
    }

    /// A message of either era; its body says which.
    public CompletionStage<Answer> send(Inbound inbound) {
        var hops = Hops.of(inbound.headers().apply("Via"));
        return hops.count() < mostHops
                ? judged(hops.count() == 0 ? inbound : inbound.passing(hops.onward()))
                : refused(inbound, Refusal.loop(mostHops));
    }

    private CompletionStage<Answer> judged(Inbound inbound) {
        return switch (Threshold.judge(inbound)) {
            case Threshold.Way.Opening opening -> openings.open(inbound);
            case Threshold.Way.InSession inSession -> inSession(inbound);
            case Threshold.Way.Alone alone -> alone(inbound.withoutSession());
            case Threshold.Way.Refused(var refusal) -> refused(inbound, refusal);
        };
    }

    private static CompletionStage<Answer> refused(Inbound inbound, Refusal refusal) {
        var request = inbound.message().kind() == Message.Kind.REQUEST;
        return CompletableFuture.completedFuture(
                new Answer.Refused(request ? List.of(inbound.message().id().orElseThrow()) : List.of(), refusal));
    }

    /// Why several messages at once are not taken in a session, if they are not.
    ///
    /// @param elsewhere what is said where they are of no use
    public CompletionStage<Optional<Refusal>> judgeBatch(Visit visit, Refusal elsewhere) {
        return batches.judge(visit, elsewhere);
    }

    /// A legacy client listens to its session, or asks for the rest of a stream.
    public CompletionStage<Answer> listen(Visit visit) {
        return listens.open(visit);
    }

    /// A legacy client ends its session.
    public CompletionStage<Answer> end(Visit visit) {
        return endings.end(visit);
    }

    private CompletionStage<Answer> inSession(Inbound inbound) {
        return switch (inbound.message().kind()) {
            case REQUEST ->
                inbound.message().method().equals("ping") ? errands.pong(inbound) : Calls.carry(calls, inbound);
            case NOTIFICATION, RESULT, ERROR -> errands.run(inbound);
        };
    }

    /// A modern client ends a request by hanging up, so no notification of its is waited for; those of extensions
    /// go on.
    private CompletionStage<Answer> alone(Inbound inbound) {
        return switch (inbound.message().kind()) {
            case REQUEST -> Calls.carry(calls, inbound);
            case NOTIFICATION -> errands.pass(inbound);
            case RESULT, ERROR -> throw new IllegalStateException("an answer cannot stand alone");
        };
    }
}
