package gatehouse.session.federation;

import static gatehouse.session.federation.Federating.ALICE;
import static gatehouse.session.federation.Federating.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Network;
import gatehouse.config.catalogue.Speaks;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.catalogue.Upstream;
import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.verdict.Principal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ListCacheTest {

    private record Answer(String text, Duration life, boolean shared, long weight) implements Lasting {}

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Upstream UPSTREAM = upstream("u");

    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final List<CompletableFuture<Answer>> asked = new ArrayList<>();
    private ListCache<Answer> cache = cache();

    private ListCache<Answer> cache(String... settings) {
        return new ListCache<>(Federating.settings(settings).caching(), time::get);
    }

    private static Upstream upstream(String id) {
        return new Upstream(
                new UpstreamId(id),
                new TenantId("t"),
                URI.create("http://127.0.0.1:1/mcp"),
                Speaks.MODERN,
                Network.LOOPBACK,
                1,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    private static ListCache.Key key(String what) {
        return new ListCache.Key(UPSTREAM, "m", what);
    }

    private CompletableFuture<String> get(Principal principal, String what) {
        return cache.get(key(what), principal, () -> {
                    asked.add(new CompletableFuture<>());
                    return asked.getLast();
                })
                .thenApply(entry -> entry.value().text());
    }

    private void answer(String text, boolean shared) {
        asked.getLast().complete(new Answer(text, Duration.ofSeconds(10), shared, 10));
    }

    @Test
    void many_who_ask_at_once_ask_once() {
        var first = get(ALICE, "x");
        var second = get(ALICE, "x");

        answer("1", false);

        assertThat(asked).hasSize(1);
        assertThat(first.join()).isEqualTo("1");
        assertThat(second.join()).isEqualTo("1");
    }

    @Test
    void what_is_private_is_never_given_to_anybody_else() {
        var _ = get(ALICE, "x");
        answer("alice", false);

        var bob = get(BOB, "x");
        answer("bob", false);

        assertThat(bob.join()).isEqualTo("bob");
        assertThat(get(ALICE, "x").join()).isEqualTo("alice");
    }

    /// An upstream may think again: what was public once must not be served beside what is private now.
    @Test
    void what_became_private_is_shared_no_more() {
        var _ = get(ALICE, "x");
        answer("all", true);
        assertThat(get(BOB, "x").join()).isEqualTo("all");

        time.set(NOW.plusSeconds(11));
        var _ = get(ALICE, "x");
        answer("alice", false);
        var bob = get(BOB, "x");

        assertThat(asked).hasSize(3);
        answer("bob", false);
        assertThat(bob.join()).isEqualTo("bob");
    }

    @Test
    void what_changed_while_it_was_answered_is_asked_again() {
        var first = get(ALICE, "x");
        cache.outdate(UPSTREAM, "m", what -> true);
        answer("old", false);
        assertThat(first.join()).isEqualTo("old");

        var second = get(ALICE, "x");
        answer("new", false);

        assertThat(second.join()).isEqualTo("new");
        assertThat(get(ALICE, "x").join()).isEqualTo("new");
        assertThat(asked).hasSize(2);
    }

    @Test
    void what_was_read_on_another_way_is_not_kept_if_something_changed_meanwhile() {
        var before = cache.changes();
        cache.outdate(UPSTREAM, "m", what -> true);
        cache.keep(key("x"), ALICE, new Answer("old", Duration.ofSeconds(10), false, 10), before);
        assertThat(cache.good(key("x"), ALICE)).isEmpty();

        cache.keep(key("x"), ALICE, new Answer("new", Duration.ofSeconds(10), false, 10), cache.changes());
        assertThat(cache.good(key("x"), ALICE)).isPresent();
        assertThat(cache.good(key("x"), BOB)).isEmpty();
    }

    @Test
    void whoever_asks_after_a_failure_waits_for_nobody() {
        var first = get(ALICE, "x");
        asked.getLast().completeExceptionally(new Unreached());
        assertThat(first).isCompletedExceptionally();
        assertThat(get(ALICE, "x")).isCompletedExceptionally();
        assertThat(asked).hasSize(1);

        time.set(NOW.plusSeconds(6));
        assertThat(get(ALICE, "x")).isCompletedExceptionally();
        assertThat(get(ALICE, "x")).isCompletedExceptionally();
        assertThat(asked).hasSize(2);
        answer("back", false);
        assertThat(get(ALICE, "x").join()).isEqualTo("back");
    }

    @Test
    void lives_are_held_between_floor_and_ceiling() {
        cache = cache("gateway.federation.caching.floor = 20 s", "gateway.federation.caching.ceiling = 30 s");
        var _ = get(ALICE, "x");
        asked.getLast().complete(new Answer("short", Duration.ZERO, false, 10));
        var _ = get(ALICE, "y");
        asked.getLast().complete(new Answer("long", Duration.ofDays(1), false, 10));

        time.set(NOW.plusSeconds(19));
        assertThat(cache.good(key("x"), ALICE)).isPresent();
        time.set(NOW.plusSeconds(20));
        assertThat(cache.good(key("x"), ALICE)).isEmpty();
        assertThat(cache.good(key("y"), ALICE)).isPresent();
        time.set(NOW.plusSeconds(30));
        assertThat(cache.good(key("y"), ALICE)).isEmpty();
    }

    @Test
    void what_was_used_longest_ago_makes_room() {
        cache = cache("gateway.federation.caching.entries = 2");
        for (var what : List.of("1", "2", "3")) {
            var _ = get(ALICE, what);
            answer(what, false);
        }

        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.good(key("1"), ALICE)).isEmpty();
        assertThat(cache.good(key("3"), ALICE)).isPresent();
    }

    private void keep(String upstream, Principal principal, String what, long weight, boolean shared) {
        cache.keep(
                new ListCache.Key(upstream(upstream), "m", what),
                principal,
                new Answer(what, Duration.ofSeconds(10), shared, weight),
                cache.changes());
    }

    private boolean keeps(String upstream, Principal principal, String what) {
        return cache.good(new ListCache.Key(upstream(upstream), "m", what), principal)
                .isPresent();
    }

    /// Its own lists make room for it, also where they were used last.
    @Test
    void a_member_with_fat_lists_pushes_out_nothing_of_a_thin_one() {
        cache = cache("gateway.federation.caching.bytes = 10 KiB");
        keep("thin", ALICE, "tools", 100, true);
        keep("thin", BOB, "mine", 100, false);

        for (var i = 0; i < 100; i++) {
            keep("fat", ALICE, "list " + i, 3000, i % 2 == 0);
        }

        assertThat(keeps("thin", BOB, "tools")).isTrue();
        assertThat(keeps("thin", BOB, "mine")).isTrue();
        assertThat(keeps("fat", ALICE, "list 99")).isTrue();
        assertThat(cache.weight()).isLessThanOrEqualTo(10_240);
    }

    /// However many members there are that she can read from.
    @Test
    void one_agent_that_reads_all_there_is_pushes_out_nothing_of_another() {
        cache = cache("gateway.federation.caching.bytes = 10 KiB");
        keep("one", BOB, "his", 1000, false);

        for (var i = 0; i < 100; i++) {
            keep(List.of("one", "two", "three").get(i % 3), ALICE, "hers " + i, 500, false);
        }

        assertThat(keeps("one", BOB, "his")).isTrue();
        assertThat(cache.weight()).isLessThanOrEqualTo(10_240);
    }

    @Test
    void many_small_answers_push_out_nothing_of_another_either() {
        cache = cache("gateway.federation.caching.entries = 10");
        keep("one", BOB, "his", 1, false);

        for (var i = 0; i < 100; i++) {
            keep(i % 2 == 0 ? "one" : "two", ALICE, "hers " + i, 1, false);
        }

        assertThat(keeps("one", BOB, "his")).isTrue();
        assertThat(cache.size()).isEqualTo(10);
    }

    @Test
    void what_is_too_heavy_is_answered_and_not_kept() {
        cache = cache("gateway.federation.caching.bytes = 1 KiB");
        var heavy = get(ALICE, "x");
        asked.getLast().complete(new Answer("heavy", Duration.ofSeconds(10), false, 2000));

        assertThat(heavy.join()).isEqualTo("heavy");
        assertThat(cache.size()).isZero();
        assertThat(cache.weight()).isZero();
    }

    @Test
    void an_upstream_that_is_declared_no_more_is_forgotten() {
        var _ = get(ALICE, "x");
        answer("1", false);

        cache.retain(upstream -> !upstream.equals(UPSTREAM));

        assertThat(cache.size()).isZero();
    }
}
