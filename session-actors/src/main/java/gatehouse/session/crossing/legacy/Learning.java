package gatehouse.session.crossing.legacy;

import gatehouse.session.crossing.legacy.Annotations.Annotation;
import gatehouse.session.crossing.legacy.View.Whose;
import gatehouse.session.lifecycle.Errand;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.util.ByteString;

/// What the gateway has to know of a modern upstream to speak for a client: what it offers, and which arguments of its
/// tools it wants repeated in headers. It asks in its own name, once for all sessions of a principal.
final class Learning {

    private static final Client GATEWAY =
            new Client(Dialect.NEWEST_LEGACY, "{\"name\":\"Gatehouse\",\"version\":\"1\"}", Map.of(), "");

    /// What a tool costs beside its name.
    private static final int TOOL = 100;

    private final ActorSystem<?> system;
    private final LegacySettings.Learning settings;
    private final Shelf<Whose, Support> supports;
    private final Shelf<Whose, Map<String, List<Annotation>>> annotations;

    Learning(ActorSystem<?> system, LegacySettings.Learning settings, InstantSource clock) {
        this.system = system;
        this.settings = settings;
        this.supports =
                new Shelf<>(new Shelf.Room<>(settings.entries(), settings.bytes(), support -> 0, Whose::holder), clock);
        this.annotations = new Shelf<>(
                new Shelf.Room<>(settings.entries(), settings.bytes(), Learning::weight, Whose::holder), clock);
    }

    /// Fails where nothing can be learnt.
    CompletableFuture<Support> support(View view) {
        return supports.get(view.whose(), () -> discover(view), settings.failed());
    }

    private CompletableFuture<Shelf.Learnt<Support>> discover(View view) {
        return ask(view, "server/discover", "{}")
                .thenApply(answer ->
                        new Shelf.Learnt<>(Support.of(Members.of(answer, Place.RESULT_CAPABILITIES)), holds(answer)));
    }

    /// By the name of the tool; fails where the list cannot be had.
    CompletableFuture<Map<String, List<Annotation>>> annotations(View view) {
        return annotations.get(view.whose(), () -> page(view, new ToolPages(settings.pages()), ""), settings.failed());
    }

    /// The upstream's tools are others than they were.
    void forgetAnnotations(Whose whose) {
        annotations.forget(whose);
    }

    /// They led to headers that the upstream refused; a list fetched since then is left alone.
    void doubt(Whose whose, Map<String, List<Annotation>> learnt) {
        annotations.doubt(whose, learnt, settings.doubted());
    }

    /// About, and rather more than less.
    private static long weight(Map<String, List<Annotation>> annotations) {
        var weight = 0L;
        for (var tool : annotations.entrySet()) {
            weight += (long) TOOL + tool.getKey().length();
            for (var annotation : tool.getValue()) {
                weight += annotation.weight();
            }
        }
        return weight;
    }

    private CompletableFuture<Shelf.Learnt<Map<String, List<Annotation>>>> page(
            View view, ToolPages pages, String cursor) {
        return ask(view, "tools/list", cursor.isEmpty() ? "{}" : "{\"cursor\":" + cursor + "}")
                .thenCompose(answer -> pages.add(answer)
                        .map(next -> page(view, pages, next))
                        .orElseGet(() -> CompletableFuture.completedFuture(
                                new Shelf.Learnt<>(pages.annotations(), holds(answer)))));
    }

    private CompletableFuture<Message> ask(View view, String method, String params) {
        var id = Fresh.id();
        var request = GATEWAY.enveloped(Message.request(id, method, params), id, "", false);
        var headers = new ArrayList<Header>();
        Mirrors.headers(request).forEach((name, value) -> headers.add(new Header(name, value)));
        var owner = view.whose().principal().toString();
        return Errand.run(view.peer(), new Outbound.Post(request, headers, settings.timeout(), owner), system)
                .thenApply(Errand.Fetched::answer)
                .thenCompose(answer -> answer.kind() == Message.Kind.RESULT
                        ? CompletableFuture.completedFuture(answer)
                        : CompletableFuture.failedFuture(new IllegalStateException("the upstream answers " + answer)));
    }

    /// As long as the upstream says, but neither so short that every call would ask nor so long that nobody ever
    /// does.
    private Duration holds(Message answer) {
        var said = answer.raw(Place.RESULT_TTL_MS)
                .map(ByteString::utf8String)
                .filter(number -> number.matches("[0-9]{1,15}"))
                .map(number -> Duration.ofMillis(Long.parseLong(number)))
                .orElse(Duration.ZERO);
        var least = said.compareTo(settings.least()) < 0 ? settings.least() : said;
        return least.compareTo(settings.most()) > 0 ? settings.most() : least;
    }
}
