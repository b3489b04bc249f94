package gatehouse.session.crossing.modern;

import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Hops;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Shows a legacy upstream to one principal as if it spoke the modern era: every request stands alone here, and shares
/// a leg there.
record ModernFace(FacePorts ports, Principal principal, Upstream upstream) implements Peer {

    private static final int METHOD_NOT_ALLOWED = 405;

    /// What a client can be asked something in the midst of.
    private static final Set<String> ASKING = Set.of("tools/call", "prompts/get", "resources/read");

    @Override
    public CompletableFuture<Reply> send(Outbound outbound) {
        return switch (outbound) {
            case Outbound.Post post when post.message().kind() == Message.Kind.REQUEST -> asked(bare(post));
            case Outbound.Post post -> told(bare(post));
            case Outbound.Listen _, Outbound.Delete _ ->
                CompletableFuture.completedFuture(new Reply.Refused(METHOD_NOT_ALLOWED, List.of(), ""));
        };
    }

    private CompletableFuture<Reply> asked(Outbound.Post post) {
        var envelope = Envelope.of(post.message());
        var call = new ModernCall(ports, post, envelope);
        if (!envelope.level().isEmpty() && envelope.severity().isEmpty()) {
            call.refuse(new Refusal(400, Codes.INVALID_PARAMS, Place.META_LOG_LEVEL.path() + " is no log level"));
            return call.reply();
        }
        switch (State.of(envelope.state())) {
            case State.Waiting(var name) ->
                ports.parked()
                        .claim(name, principal, upstream.id())
                        .ifPresentOrElse(call::resume, () -> call.refuse(gone()));
            case State.Visited _ when !Inputs.agreed(envelope) -> call.refuse(declined());
            case State.Visited(var times) ->
                begin(call, leg(envelope, post.message().method()), times);
            case State.None _ -> begin(call, leg(envelope, post.message().method()), 0);
        }
        return call.reply();
    }

    private static void begin(ModernCall call, Legs.Taken taken, int visits) {
        switch (taken) {
            case Legs.Taken.Had(var leg) -> call.begin(leg, visits);
            case Legs.Taken.Full(var which) -> call.refuse(crowded(which));
        }
    }

    /// A notification of an extension; nobody waits for what becomes of it.
    private CompletableFuture<Reply> told(Outbound.Post post) {
        return switch (ports.legs().take(principal, upstream)) {
            case Legs.Taken.Had(var leg) -> told(post, leg);
            case Legs.Taken.Full _ -> CompletableFuture.completedFuture(new Reply.Refused(503, List.of(), ""));
        };
    }

    private CompletableFuture<Reply> told(Outbound.Post post, SharedLeg leg) {
        return leg.hello(Hops.among(post.headers()))
                .thenCompose(hello -> leg.post(hello, Envelope.bare(post.message())))
                .thenApply(reply -> (Reply) new Reply.Accepted())
                .exceptionally(failure -> new Reply.Refused(503, List.of(), ""))
                .whenComplete((reply, failure) -> ports.legs().giveBack(leg));
    }

    /// All who come without a key are one principal here, and strangers to each other: what one of them is asked is
    /// neither to reach another nor to wait for one.
    private Legs.Taken leg(Envelope envelope, String method) {
        var asked = ASKING.contains(method) && envelope.abilities().any();
        return asked && principal.equals(Principal.ANONYMOUS)
                ? ports.legs().own(principal, upstream)
                : ports.legs().take(principal, upstream);
    }

    /// Without the headers that repeat a modern body.
    private static Outbound.Post bare(Outbound.Post post) {
        return new Outbound.Post(
                post.message(),
                post.headers().stream().filter(header -> !isOfThisEra(header)).toList(),
                post.deadline(),
                post.owner());
    }

    private static boolean isOfThisEra(Header header) {
        return header.name().toLowerCase(Locale.ROOT).startsWith("mcp-");
    }

    private static Refusal crowded(String which) {
        return Refusal.failed("no session can be had at the upstream: " + which + "; nothing was sent", "not sent");
    }

    private static Refusal gone() {
        return Refusal.failed(
                "the call that asked this waits no more: its time was over, or it was answered already", "unknown");
    }

    private static Refusal declined() {
        return Refusal.failed("an address that the upstream wants visited first was declined", "refused");
    }
}
