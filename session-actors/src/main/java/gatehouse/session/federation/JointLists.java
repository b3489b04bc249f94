package gatehouse.session.federation;

import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.rate.Hoard;
import gatehouse.policy.verdict.Principal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// The joined lists of routes: members are asked where what is known of them is not good any more, and what was joined
/// before is given again as long as no part of it changed.
final class JointLists {

    /// Which joined list; nobody's is everybody's.
    private record Key(RouteId route, ListKind kind, Optional<Principal> owner) {}

    private final FederationSettings settings;
    private final Asking asking;
    private final Stamp stamp;
    private final Discord discord;
    private final ListCache<Listing> cache;
    private final Hoard<Key, JointList> joined;
    private final UriTables uris;

    JointLists(FederationSettings settings, Asking asking, Stamp stamp, InstantSource clock, Discord discord) {
        this.settings = settings;
        this.asking = asking;
        this.stamp = stamp;
        this.discord = discord;
        this.cache = new ListCache<>(settings.caching(), clock);
        this.joined = new Hoard<>(
                settings.caching().entries(),
                settings.caching().bytes(),
                list -> 200 + list.weight(),
                key -> new Hoard.Holder(key.route(), key.owner()));
        this.uris = new UriTables(settings.caching().entries());
    }

    /// It never fails: members that cannot be had are missing.
    CompletableFuture<JointList> list(Joint joint, ListKind kind) {
        if (kind.isOfNames()) {
            return parts(joint, kind).thenApply(parts -> join(joint, kind, parts, List.of(), UriTables.unknown(joint)));
        }
        return uris(joint)
                .thenApply(known -> kind == ListKind.RESOURCES
                        ? join(joint, kind, known.resources(), known.templates(), known.table())
                        : join(joint, kind, known.templates(), known.resources(), known.table()));
    }

    /// What was joined last, whether or not it is still good.
    synchronized Optional<JointList> last(Joint joint, ListKind kind) {
        return joined.get(key(joint, kind, false)).or(() -> joined.get(key(joint, kind, true)));
    }

    /// The names of one member, asked for where nothing is known, or where what is known does not have this one.
    CompletableFuture<NameTable> names(
            Joint joint, Course.Member member, ListKind kind, Predicate<NameTable> suffices) {
        var known = cache.known(cacheKey(member, kind), joint.principal())
                .map(entry -> entry.value().names(member.alias()))
                .filter(suffices);
        return known.map(CompletableFuture::completedFuture)
                .orElseGet(() -> entry(joint, member, kind)
                        .thenApply(entry -> entry.value().names(member.alias())));
    }

    /// Whose URIs are whose: as it is known, where that is whole and suffices, else as members say now. A URI in a
    /// request
    /// or a result must not cost a list of every member that gives its lists no time to live.
    CompletableFuture<UriTable> uriTable(Joint joint, Predicate<UriTable> suffices) {
        return uris.last(joint)
                .filter(known -> known.isWhole() && suffices.test(known.table()))
                .map(known -> CompletableFuture.completedFuture(known.table()))
                .orElseGet(() -> uris(joint).thenApply(UriTables.Concluded::table));
    }

    /// The same without asking anybody.
    UriTable knownUris(Joint joint) {
        return uris.last(joint).map(UriTables.Concluded::table).orElseGet(() -> UriTables.unknown(joint));
    }

    /// Whether somebody could not be asked when the URIs were last looked through.
    boolean lacksUris(Joint joint) {
        return uris.last(joint).filter(known -> !known.isWhole()).isPresent();
    }

    void outdate(Upstream upstream, ListKind kind) {
        cache.outdate(upstream, kind.method(), what -> true);
    }

    void retain(Predicate<Upstream> declared, Predicate<RouteId> routes) {
        cache.retain(declared);
        synchronized (this) {
            joined.removeIf(key -> !routes.test(key.route()));
        }
        uris.retain(routes);
    }

    ListCache<Listing> cache() {
        return cache;
    }

    synchronized int count() {
        return joined.size();
    }

    synchronized long weight() {
        return joined.weight();
    }

    private CompletableFuture<UriTables.Concluded> uris(Joint joint) {
        var resources = parts(joint, ListKind.RESOURCES);
        return parts(joint, ListKind.TEMPLATES)
                .thenCombine(resources, (templates, listed) -> uris.conclude(joint, listed, templates));
    }

    private JointList join(Joint joint, ListKind kind, List<Part> parts, List<Part> beside, UriTable table) {
        var shared = isShared(parts) && isShared(beside);
        var key = key(joint, kind, shared);
        synchronized (this) {
            var before = joined.get(key).filter(list -> list.stillStandsFor(parts, beside));
            if (before.isPresent()) {
                return before.get();
            }
        }
        var cursors = new Cursors(stamp, joint.route().id(), kind);
        var open = shared && joint.route().access().anonymous();
        var form = new JointList.Form(kind, cursors, settings.pages(), open);
        var list = JointList.of(parts, beside, form, new Rendering(kind, table));
        discord.note(joint.route().id(), kind, parts);
        synchronized (this) {
            joined.put(key, list);
        }
        return list;
    }

    private CompletableFuture<List<Part>> parts(Joint joint, ListKind kind) {
        var members = joint.course().members();
        var parts = new ArrayList<CompletableFuture<Part>>(members.size());
        for (var member : members) {
            parts.add(entry(joint, member, kind)
                    .thenApply(entry -> new Part(member, Optional.of(entry)))
                    .exceptionally(unreached -> new Part(member, Optional.empty())));
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<Answered<Listing>> entry(Joint joint, Course.Member member, ListKind kind) {
        return cache.get(
                cacheKey(member, kind),
                joint.principal(),
                () -> new PageWalk(asking, settings.lists(), joint, member, kind).go());
    }

    private static ListCache.Key cacheKey(Course.Member member, ListKind kind) {
        return new ListCache.Key(member.upstream(), kind.method(), "");
    }

    private static Key key(Joint joint, ListKind kind, boolean shared) {
        return new Key(joint.route().id(), kind, shared ? Optional.empty() : Optional.of(joint.principal()));
    }

    private static boolean isShared(List<Part> parts) {
        return parts.stream().allMatch(Part::isShared);
    }
}
