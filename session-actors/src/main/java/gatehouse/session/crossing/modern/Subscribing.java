package gatehouse.session.crossing.modern;

import gatehouse.session.lifecycle.Errand;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// What a hub says to its upstream.
record Subscribing(SharedLeg leg, ActorSystem<?> system) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 4;

    /// Those of the resources that the upstream took a subscription to.
    CompletionStage<Set<String>> subscribe(Hello hello, Set<String> uris) {
        return Source.from(uris)
                .mapAsyncUnordered(AT_ONCE, uri -> taken(hello, uri))
                .mapConcat(uri -> uri.stream().toList())
                .runWith(Sink.seq(), system)
                .thenApply(HashSet::new);
    }

    void unsubscribe(Hello hello, String uri) {
        var _ = leg.post(hello, about("resources/unsubscribe", uri));
    }

    /// A question outside of any call has nobody to be put to.
    void answer(Hello hello, Message question) {
        var id = question.id().orElseThrow();
        var _ = leg.post(
                hello,
                question.method().equals("ping")
                        ? Message.result(id, "{}")
                        : Message.error(id, Codes.METHOD_NOT_FOUND, "no call is under way that this belongs to"));
    }

    private CompletionStage<Optional<String>> taken(Hello hello, String uri) {
        var post = leg.saying(hello, about("resources/subscribe", uri), List.of(), PATIENCE);
        return Errand.run(leg::send, post, system)
                .thenApply(fetched -> fetched.answer().kind() == Message.Kind.RESULT)
                .exceptionally(failure -> false)
                .thenApply(took -> took ? Optional.of(uri) : Optional.empty());
    }

    private static Message about(String method, String uri) {
        return Message.request(Ids.next(), method, "{\"uri\":" + Json.quote(uri) + "}");
    }
}
