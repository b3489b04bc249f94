package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Hops;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// One request of the modern era on its way over a leg, and what becomes of it if nobody waits any more.
final class ModernCall {

    private final FacePorts ports;
    private final Outbound.Post post;
    private final Envelope envelope;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private volatile Optional<LegCall> call = Optional.empty();

    ModernCall(FacePorts ports, Outbound.Post post, Envelope envelope) {
        this.ports = ports;
        this.post = post;
        this.envelope = envelope;
        var timer = ports.system()
                .scheduler()
                .scheduleOnce(post.deadline(), this::late, ports.system().executionContext());
        var _ = reply.whenComplete((answer, failure) -> {
            timer.cancel();
            if (reply.isCancelled()) {
                giveUp();
            }
        });
    }

    CompletableFuture<Reply> reply() {
        return reply;
    }

    /// A new call.
    ///
    /// @param leg taken for it
    void begin(SharedLeg leg, int visits) {
        var _ = leg.hello(Hops.among(post.headers())).whenComplete((hello, failure) -> {
            if (failure == null && !reply.isDone()) {
                go(leg, hello, visits);
                return;
            }
            ports.legs().giveBack(leg);
            if (failure != null) {
                reply.complete(new Reply.Failed(Unopened.fault(failure)));
            }
        });
    }

    private void go(SharedLeg leg, Hello hello, int visits) {
        var method = post.message().method();
        switch (method) {
            case "server/discover" -> {
                ports.legs().giveBack(leg);
                var results = new Results(hello, ports.settings().freshness());
                reply.complete(whole(200, results.discovered(envelope.id())));
            }
            case "subscriptions/listen" -> listen(new Listening(ports, leg, hello, post.message()));
            case String other when hello.serves(other) -> call(leg, hello, visits);
            case String other -> {
                ports.legs().giveBack(leg);
                refuse(Refusal.notFound(other));
            }
        }
    }

    private void call(SharedLeg leg, Hello hello, int visits) {
        var bare = new Outbound.Post(Envelope.bare(post.message()), post.headers(), post.deadline(), post.owner());
        var begun = new LegCall(ports, leg, hello, bare);
        adopt(begun);
        var interpreter = new Interpreter(ports, begun, envelope, bare.message(), visits);
        levelled(begun).thenCompose(done -> interpreter.begin()).thenAccept(said -> deliver(said, interpreter));
    }

    private void listen(Listening listening) {
        listening.begin().whenComplete((events, failure) -> {
            if (failure != null || !reply.complete(new Reply.Streamed(events, ""))) {
                listening.leave();
                reply.complete(new Reply.Failed(Fault.notSent("listening could not begin")));
            }
        });
    }

    /// A call that waited for this request.
    void resume(LegCall waiting) {
        adopt(waiting);
        var interpreter = new Interpreter(ports, waiting, envelope, Envelope.bare(post.message()), 0);
        levelled(waiting)
                .thenCompose(done -> answered(waiting))
                .thenCompose(taken -> {
                    if (!taken) {
                        waiting.giveUp("the answer could not be given");
                        return CompletableFuture.completedFuture(Said.Last.of(
                                Refusal.failed("the upstream did not take the answer", "unknown"), envelope.id()));
                    }
                    return waiting.open().isEmpty()
                            ? interpreter.next()
                            : CompletableFuture.completedFuture(interpreter.ask());
                })
                .thenAccept(said -> deliver(said, interpreter));
    }

    private CompletionStage<Boolean> answered(LegCall waiting) {
        CompletionStage<Boolean> taken = CompletableFuture.completedFuture(true);
        for (var posed : waiting.open()) {
            var response = Inputs.response(envelope, posed);
            if (response.isPresent()) {
                taken = taken.thenCompose(
                        so -> so ? waiting.answer(posed, response.get()) : CompletableFuture.completedFuture(false));
            }
        }
        return taken;
    }

    private CompletionStage<Done> levelled(LegCall begun) {
        return envelope.severity()
                .map(wanted -> begun.leg().raise(begun.hello(), wanted))
                .orElseGet(() -> CompletableFuture.completedFuture(Done.getInstance()));
    }

    void refuse(Refusal refusal) {
        reply.complete(whole(refusal.status(), refusal.message(envelope.id())));
    }

    private void deliver(Said said, Interpreter interpreter) {
        var settled = settled(said);
        var taken = reply.complete(
                switch (settled) {
                    case Said.Last(var status, var message) -> whole(status, message);
                    case Said.Asking(var message, var parked) -> whole(200, message);
                    case Said.Lost(var lost) -> lost;
                    case Said.Beside first ->
                        new Reply.Streamed(
                                new SaidStream(first, () -> interpreter.next().thenApply(this::settled), this::giveUp)
                                        .events(ports.system()),
                                "");
                });
        if (!taken) {
            forget(settled);
        }
    }

    /// Nobody was there to hear it.
    private void forget(Said said) {
        if (said instanceof Said.Asking(var message, var parked)) {
            var key = call.orElseThrow().leg().key();
            var _ = ports.parked().claim(parked, key.principal(), key.upstream().id());
        }
        giveUp();
    }

    /// What ends the call ends it before it is said.
    private Said settled(Said said) {
        switch (said) {
            case Said.Last _ -> call.ifPresent(begun -> begun.finish(true));
            case Said.Lost(var lost) when mayBeUnderWay(lost) -> giveUp();
            case Said.Lost(var lost) -> call.ifPresent(begun -> begun.finish(lost instanceof Reply.Failed));
            case Said.Beside _, Said.Asking _ -> {}
        }
        return said;
    }

    private static boolean mayBeUnderWay(Reply lost) {
        return lost instanceof Reply.Failed(var fault) && fault.kind() != Fault.Kind.NOT_SENT;
    }

    private static Reply whole(int status, Message message) {
        return status == 200 ? new Reply.Single(message, "") : new Reply.Refused(status, List.of(message), "");
    }

    private void adopt(LegCall begun) {
        call = Optional.of(begun);
        if (reply.isDone()) {
            giveUp();
        }
    }

    private void late() {
        reply.complete(new Reply.Failed(
                call.isPresent()
                        ? Fault.tooSlow("upstream did not answer in time")
                        : Fault.notSent("no session could be had in time")));
        giveUp();
    }

    private void giveUp() {
        call.ifPresent(begun -> begun.giveUp("nobody waits for the answer any more"));
    }
}
