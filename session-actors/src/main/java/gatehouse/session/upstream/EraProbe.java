package gatehouse.session.upstream;

import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import java.time.Duration;
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
        return discover().thenCompose(evidence -> switch (evidence) {
            case BOTH -> verdict(true, true, decided);
            case LEGACY -> verdict(true, false, decided);
            // upstreams that speak both need not say so here
            case MODERN ->
                initialize()
                        .thenApply(more -> new Verdict(
                                more == Evidence.LEGACY, true, more == Evidence.NONE ? undecided : decided));
            case STUMBLED -> initialize().thenApply(more -> new Verdict(more == Evidence.LEGACY, false, undecided));
            case NOT_THIS, NONE -> verdict(false, false, undecided);
        });
    }

    private CompletionStage<Evidence> discover() {
        var headers = new ArrayList<Header>();
        Mirrors.headers(DISCOVER).forEach((name, value) -> headers.add(new Header(name, value)));
        return say(DISCOVER, headers).thenApply(Evidence::discovered);
    }

    /// A session that begins here is of no use, and ended at once.
    private CompletionStage<Evidence> initialize() {
        return say(INITIALIZE, List.of()).thenApply(reply -> {
            if (reply instanceof Reply.Single(var message, var session) && !session.isEmpty()) {
                var _ = client.send(new Outbound.Delete(
                        List.of(Header.session(session), Header.version(Dialect.NEWEST_LEGACY.version()))));
            }
            return Evidence.initialized(reply);
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
                .completionTimeout(Duration.ofMillis(settings.timeout().toMillis()))
                .runWith(Sink.headOption(), system)
                .handle((single, failure) -> failure == null
                        ? single.orElseGet(Reply.Accepted::new)
                        : new Reply.Failed(Fault.unknown("hello was not answered")));
    }

    private static CompletionStage<Verdict> verdict(boolean legacy, boolean modern, Instant until) {
        return CompletableFuture.completedFuture(new Verdict(legacy, modern, until));
    }
}
