package gatehouse.session.upstream;

import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;

/// Finds out which eras an upstream speaks, by saying hello in each.
final class EraProbe {

    private static final Message DISCOVER = Message.request(
            new Id.Text("gatehouse-discover"),
            "server/discover",
            "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + Dialect.V2026_07_28.version()
                    + "\",\"io.modelcontextprotocol/clientCapabilities\":{},"
                    + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"Gatehouse\",\"version\":\"1\"}}}");

    private static final Message INITIALIZE = Message.request(
            new Id.Text("gatehouse-initialize"),
            "initialize",
            "{\"protocolVersion\":\"" + Dialect.NEWEST_LEGACY.version()
                    + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"Gatehouse\",\"version\":\"1\"}}");

    /// Events without a word that may come before the one that counts.
    private static final int FIRST = 4;

    private final ActorSystem<?> system;
    private final StreamableClient client;
    private final UpstreamSettings.Probing settings;

    EraProbe(ActorSystem<?> system, StreamableClient client, UpstreamSettings.Probing settings) {
        this.system = system;
        this.client = client;
        this.settings = settings;
    }

    CompletionStage<Verdict> ask(Instant now) {
        var decided = now.plus(settings.decided());
        var undecided = now.plus(settings.undecided());
        return discover().thenCompose(reply -> switch (Evidence.discovered(reply)) {
            case BOTH -> verdict(true, true, decided);
            case LEGACY -> Evidence.shrugs(reply) ? elsewhere(decided) : verdict(true, false, decided);
            // upstreams that speak both need not say so here
            case MODERN -> initialize().thenApply(more -> both(Evidence.initialized(more), decided, undecided));
            case STUMBLED -> initialize().thenCompose(more -> stumbled(more, undecided));
            case NOT_THIS, NONE -> verdict(false, false, undecided);
        });
    }

    private static Verdict both(Evidence more, Instant decided, Instant undecided) {
        return new Verdict(more == Evidence.LEGACY, true, more == Evidence.NONE ? undecided : decided);
    }

    private CompletionStage<Verdict> stumbled(Reply reply, Instant undecided) {
        return Evidence.shrugs(reply)
                ? sse().thenApply(found -> found ? Verdict.ofSse(undecided) : new Verdict(false, false, undecided))
                : verdict(Evidence.initialized(reply) == Evidence.LEGACY, false, undecided);
    }

    /// Nothing takes messages here. That is how legacy upstreams refuse what they do not know, and how those of
    /// HTTP+SSE do whose messages go elsewhere.
    private CompletionStage<Verdict> elsewhere(Instant decided) {
        return sse().thenApply(found -> found ? Verdict.ofSse(decided) : new Verdict(true, false, decided));
    }

    /// Whether an event stream can be had whose first event names an endpoint.
    private CompletionStage<Boolean> sse() {
        return client.line().open("", settings.timeout()).thenCompose(reply -> {
            if (!(reply instanceof Reply.Streamed(var events, var session))) {
                return CompletableFuture.completedFuture(false);
            }
            return events.take(FIRST)
                    .dropWhile(event ->
                            event.endpoint().isEmpty() && event.message().isEmpty())
                    .map(event -> !event.endpoint().isEmpty())
                    .completionTimeout(settings.timeout())
                    .runWith(Sink.headOption(), system)
                    .handle((found, failure) -> failure == null && found.orElse(false));
        });
    }

    private CompletionStage<Reply> discover() {
        var headers = new ArrayList<Header>();
        Mirrors.headers(DISCOVER).forEach((name, value) -> headers.add(new Header(name, value)));
        return say(DISCOVER, headers);
    }

    /// A session that begins here is of no use, and ended at once.
    private CompletionStage<Reply> initialize() {
        return say(INITIALIZE, List.of()).thenApply(reply -> {
            if (reply instanceof Reply.Single(var message, var session) && !session.isEmpty()) {
                var _ = client.send(new Outbound.Delete(
                        List.of(Header.session(session), Header.version(Dialect.NEWEST_LEGACY.version()))));
            }
            return reply;
        });
    }

    private CompletionStage<Reply> say(Message message, List<Header> headers) {
        return client.send(new Outbound.Post(message, headers, settings.timeout()))
                .thenCompose(this::whole);
    }

    /// Many upstreams answer everything as an event stream.
    private CompletionStage<Reply> whole(Reply reply) {
        if (!(reply instanceof Reply.Streamed(var events, var session))) {
            return CompletableFuture.completedFuture(reply);
        }
        return events.mapConcat(Event::message)
                .filter(message -> message.method().isEmpty())
                .<Reply>map(message -> new Reply.Single(message, session))
                .completionTimeout(settings.timeout())
                .runWith(Sink.headOption(), system)
                .handle((single, failure) -> failure == null
                        ? single.orElseGet(Reply.Accepted::new)
                        : new Reply.Failed(Fault.unknown("hello was not answered")));
    }

    private static CompletionStage<Verdict> verdict(boolean legacy, boolean modern, Instant until) {
        return CompletableFuture.completedFuture(new Verdict(legacy, modern, until));
    }
}
