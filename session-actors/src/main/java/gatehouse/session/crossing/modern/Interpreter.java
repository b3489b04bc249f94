package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Reads what an upstream says about a call, and says it to one request of the modern era.
final class Interpreter {

    /// Questions that are asked together at most.
    private static final int TOGETHER = 16;

    private final FacePorts ports;
    private final LegCall call;
    private final Envelope envelope;
    private final Message original;
    private final int visits;
    private final Relevance relevance;

    /// @param original the request as the client sent it, without its envelope
    /// @param visits how often its client was sent somewhere before it could be made
    Interpreter(FacePorts ports, LegCall call, Envelope envelope, Message original, int visits) {
        this.ports = ports;
        this.call = call;
        this.envelope = envelope;
        this.original = original;
        this.visits = visits;
        this.relevance = new Relevance(envelope, call.token());
    }

    /// Sends the request and reads on.
    CompletionStage<Said> begin() {
        var task = original.method().equals("tools/call")
                && original.text(Place.PARAMS_NAME)
                        .filter(call.common()::wantsTask)
                        .isPresent();
        return send(task ? TaskRun.begun(original) : original);
    }

    private CompletionStage<Said> send(Message message) {
        return call.send(message).thenCompose(said -> said.map(this::now).orElseGet(this::next));
    }

    /// What comes next. It never fails.
    CompletionStage<Said> next() {
        return call.next().thenCompose(this::judged).exceptionally(Interpreter::lost);
    }

    private CompletionStage<Said> judged(Message message) {
        return switch (message.kind()) {
            case NOTIFICATION -> noted(message);
            case REQUEST -> asked(message);
            case RESULT -> call.isAnsweredBy(message) ? result(message) : again();
            case ERROR -> call.isAnsweredBy(message) ? error(message) : again();
        };
    }

    private CompletionStage<Said> noted(Message message) {
        return switch (relevance.of(message)) {
            case Relevance.Passing(var passing) -> now(new Said.Beside(passing));
            case Relevance.ForListeners _ -> call.common().heard(message).thenCompose(taken -> again());
            case Relevance.None _ -> again();
        };
    }

    private CompletionStage<Said> asked(Message question) {
        if (Posed.isQuestion(question) && !isAmongStrangers()) {
            call.note(question);
            return gathered().thenApply(done -> ask());
        }
        var id = question.id().orElseThrow();
        call.reply(
                question.method().equals("ping")
                        ? Message.result(id, "{}")
                        : Message.error(id, Codes.METHOD_NOT_FOUND, "a client cannot be asked this"));
        return again();
    }

    /// What one of them says there the upstream may take for a word of the others. Who declares nothing hears what
    /// it would have to declare.
    private boolean isAmongStrangers() {
        return call.leg().key().isOfStrangers() && envelope.abilities().any();
    }

    /// Upstreams that have several questions ask them one right after the other.
    private CompletionStage<Boolean> gathered() {
        return call.inflow()
                .soon(ports.settings().parking().gather(), Posed::isQuestion)
                .thenCompose(more -> {
                    more.ifPresent(call::note);
                    return more.isEmpty() || call.open().size() >= TOGETHER || isLarge()
                            ? CompletableFuture.completedFuture(true)
                            : gathered();
                });
    }

    /// It will not be let wait, however much more it asks.
    private boolean isLarge() {
        return call.size() > ports.settings().parking().ofPrincipalBytes();
    }

    /// Asks the client what is still open.
    Said ask() {
        var refused = Inputs.refused(call.open(), envelope.abilities());
        if (refused.isPresent()) {
            return givenUp(refused.get(), "the client cannot be asked this");
        }
        if (!call.entersRound(ports.settings().parking().rounds())) {
            return givenUp(Refusal.failed("the upstream asked too often", "unknown"), "asked too often");
        }
        return switch (ports.parked().park(call)) {
            case Parked.Parking.Kept(var name) ->
                new Said.Asking(Inputs.required(envelope.id(), call.open(), new State.Waiting(name).text()), name);
            case Parked.Parking.Full(var denial) -> givenUp(Refusal.of(denial), "too many wait for their clients");
        };
    }

    private Said givenUp(Refusal refusal, String why) {
        call.giveUp(why);
        return Said.Last.of(refusal, envelope.id());
    }

    private CompletionStage<Said> result(Message result) {
        var task = call.request().has(Place.PARAMS_TASK) ? TaskRun.named(result) : Optional.<String>empty();
        if (task.isPresent()) {
            call.runsAs(task.get());
            return send(TaskRun.waitedFor(task.get()));
        }
        if (original.method().equals("tools/list")) {
            call.common().learn(ToolFlags.requiring(result));
        }
        var results = new Results(call.hello(), ports.settings().freshness());
        return now(new Said.Last(200, results.of(result, original.method())));
    }

    private CompletionStage<Said> error(Message error) {
        if (isTaskOnly(error)) {
            original.text(Place.PARAMS_NAME).ifPresent(tool -> call.common().learn(Set.of(tool)));
            return send(TaskRun.begun(original));
        }
        var visiting = Errors.code(error) == Codes.LEGACY_URL_ELICITATION_REQUIRED && !isAmongStrangers()
                ? Inputs.visits(error)
                : List.<Posed>of();
        var translated = Errors.translated(error, original);
        if (!visiting.isEmpty()) {
            call.sendAway();
        }
        return now(visiting.isEmpty() ? new Said.Last(Errors.status(translated), translated) : visit(visiting));
    }

    /// That is what an upstream says of a tool that must be called as a task; it did nothing so far.
    private boolean isTaskOnly(Message error) {
        return Errors.code(error) == Codes.METHOD_NOT_FOUND
                && call.request().method().equals("tools/call")
                && !call.request().has(Place.PARAMS_TASK)
                && call.hello().runsTasks();
    }

    /// The upstream did nothing and waits for nothing: the client goes somewhere first, and asks again.
    private Said visit(List<Posed> visiting) {
        return Inputs.refused(visiting, envelope.abilities())
                .map(refusal -> Said.Last.of(refusal, envelope.id()))
                .orElseGet(() -> visits < ports.settings().parking().rounds()
                        ? new Said.Last(
                                200, Inputs.required(envelope.id(), visiting, new State.Visited(visits + 1).text()))
                        : Said.Last.of(Refusal.failed("the upstream asked too often", "refused"), envelope.id()));
    }

    private CompletionStage<Said> now(Said said) {
        return CompletableFuture.completedFuture(
                said instanceof Said.Last(var status, var message)
                        ? new Said.Last(status, message.withId(envelope.id()))
                        : said);
    }

    /// On a stack of its own: an upstream may say as much as it likes that is not for the client.
    private CompletionStage<Said> again() {
        return CompletableFuture.completedFuture(this)
                .thenComposeAsync(Interpreter::next, ports.system().executionContext());
    }

    private static Said lost(Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return Said.Lost.by(
                cause instanceof Broken broken ? broken.fault() : Fault.unknown("what the upstream said was lost"));
    }
}
