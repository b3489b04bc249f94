package gatehouse.session.federation;

import gatehouse.config.catalogue.Course;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Element;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Follows one list of one member from page to page, to its end or to the bounds.
final class PageWalk {

    private final Asking asking;
    private final FederationSettings.Lists bounds;
    private final Joint joint;
    private final Course.Member member;
    private final ListKind kind;
    private final List<Element> items = new ArrayList<>();
    private final Set<String> cursors = new HashSet<>();
    private final AtomicReference<CompletableFuture<Message>> asked = new AtomicReference<>(new CompletableFuture<>());
    private Duration life = Duration.ofDays(1);
    private boolean shared = true;
    private int pages;
    private long bytes;

    PageWalk(Asking asking, FederationSettings.Lists bounds, Joint joint, Course.Member member, ListKind kind) {
        this.asking = asking;
        this.bounds = bounds;
        this.joint = joint;
        this.member = member;
        this.kind = kind;
    }

    /// The whole list within the deadline; fails with [Unreached].
    CompletableFuture<Listing> go() {
        return page(Optional.empty())
                .orTimeout(bounds.deadline().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((listing, failure) -> asked.get().cancel(true));
    }

    private CompletableFuture<Listing> page(Optional<String> cursor) {
        var answer = asking.answer(joint, member, asking.page(kind, cursor), bounds.deadline());
        asked.set(answer);
        return answer.thenCompose(this::read);
    }

    private CompletableFuture<Listing> read(Message page) {
        if (page.kind() == Message.Kind.ERROR) {
            return pages == 0 && isUnoffered(page)
                    ? CompletableFuture.completedFuture(Listing.unoffered())
                    : CompletableFuture.failedFuture(new Unreached());
        }
        pages++;
        life = Asking.life(page).compareTo(life) < 0 ? Asking.life(page) : life;
        shared &= Asking.shared(page);
        var fits = take(page);
        var next = page.text(Place.RESULT_NEXT_CURSOR);
        if (next.isEmpty() || !fits) {
            return done(!fits);
        }
        return cursors.add(next.get()) && pages < bounds.pages() ? page(next) : done(true);
    }

    private boolean take(Message page) {
        var result = page.raw(Place.RESULT).orElseThrow();
        for (var item : Element.in(result, kind.array(), kind.key())) {
            bytes += item.json().size();
            if (items.size() == bounds.items() || bytes > bounds.bytes()) {
                return false;
            }
            items.add(item);
        }
        return true;
    }

    private CompletableFuture<Listing> done(boolean cut) {
        return CompletableFuture.completedFuture(Listing.of(items, life, shared, cut));
    }

    private static boolean isUnoffered(Message error) {
        return error.raw(Place.ERROR_CODE)
                .map(code -> code.utf8String())
                .filter(Integer.toString(Codes.METHOD_NOT_FOUND)::equals)
                .isPresent();
    }
}
