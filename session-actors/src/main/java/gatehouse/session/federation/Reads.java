package gatehouse.session.federation;

import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Upstream;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Reads of resources that need not be made, as what was read a while ago is still good.
final class Reads {

    private static final String METHOD = "resources/read";

    private final ListCache<Kept> cache;
    private final InstantSource clock;

    Reads(FederationSettings.Caching settings, InstantSource clock) {
        this.cache = new ListCache<>(settings, clock);
        this.clock = clock;
    }

    /// What belongs to a round of questions and answers is never kept, nor given from what is kept.
    CompletableFuture<Reply> read(
            Joint joint, Course.Member member, Message request, Supplier<CompletableFuture<Reply>> send) {
        if (request.has(Place.PARAMS_INPUT_RESPONSES) || request.has(Place.PARAMS_REQUEST_STATE)) {
            return send.get();
        }
        var key = new ListCache.Key(
                member.upstream(), METHOD, request.text(Place.PARAMS_URI).orElse(""));
        var kept = cache.good(key, joint.principal());
        if (kept.isPresent()) {
            return Answering.message(again(kept.get(), request));
        }
        var before = cache.changes();
        return Answering.then(send.get(), reply -> {
            keepable(reply).ifPresent(result -> cache.keep(key, joint.principal(), new Kept(result), before));
            return CompletableFuture.completedFuture(reply);
        });
    }

    /// A resource changed, or one below it, or one above.
    void outdate(Upstream upstream, String uri) {
        cache.outdate(upstream, METHOD, what -> what.startsWith(uri) || uri.startsWith(what));
    }

    /// Any resource may have changed.
    void outdate(Upstream upstream) {
        cache.outdate(upstream, METHOD, what -> true);
    }

    ListCache<Kept> cache() {
        return cache;
    }

    private Message again(Answered<Kept> kept, Message request) {
        var left = Duration.between(clock.instant(), kept.until());
        return kept.value()
                .result()
                .with(Place.RESULT_TTL_MS, Long.toString(left.isNegative() ? 0 : left.toMillis()))
                .withId(request.id().orElseThrow());
    }

    private static Optional<Message> keepable(Reply reply) {
        return reply instanceof Reply.Single(var message, var session)
                        && message.kind() == Message.Kind.RESULT
                        && message.text(Place.RESULT_TYPE).orElse("complete").equals("complete")
                        && !Asking.life(message).isZero()
                ? Optional.of(message)
                : Optional.empty();
    }
}
