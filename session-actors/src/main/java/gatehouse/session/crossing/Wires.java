package gatehouse.session.crossing;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Upstream;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Upstreams;
import gatehouse.session.upstream.Verdict;
import gatehouse.session.upstream.sse.SseClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// The legacy era on the wire: over Streamable HTTP, or over HTTP+SSE where that is all an upstream speaks.
///
/// A session stays on the transport it began on; only `initialize` asks which it is to be.
public final class Wires {

    /// Of a node: as many as sessions that end together when a route goes.
    private static final int MOST_FAREWELLS = 20_000;

    private final Farewells farewells;
    private final Upstreams upstreams;
    private final Eras eras;
    private final Map<Upstream, SseClient> older = new ConcurrentHashMap<>();

    public Wires(Upstreams upstreams, Eras eras, Executor executor) {
        this.farewells = new Farewells(MOST_FAREWELLS, executor);
        this.upstreams = upstreams;
        this.eras = eras;
    }

    public Peer legacy(Upstream upstream) {
        return outbound -> {
            if (SseClient.isFor(outbound)) {
                return older(upstream).send(outbound);
            }
            if (outbound instanceof Outbound.Delete) {
                return farewells.say(upstream, () -> upstreams.client(upstream).send(outbound));
            }
            return opens(outbound)
                    ? Later.send(eras.of(upstream), verdict -> opening(upstream, verdict), outbound)
                    : upstreams.client(upstream).send(outbound);
        };
    }

    private Peer opening(Upstream upstream, Verdict verdict) {
        return verdict.sse()
                ? new Doubting(older(upstream), Evidence::deniesSse, () -> eras.doubt(upstream))
                : new Doubting(upstreams.client(upstream), Evidence::deniesLegacy, () -> eras.doubt(upstream));
    }

    private SseClient older(Upstream upstream) {
        return older.computeIfAbsent(upstream, declared -> new SseClient(upstreams.line(declared)));
    }

    private static boolean opens(Outbound outbound) {
        return outbound instanceof Outbound.Post post && post.message().method().equals("initialize");
    }

    /// Ends the sessions with upstreams that are declared otherwise now, or no more.
    public void retain(Catalogue catalogue) {
        var declared = Set.copyOf(catalogue.upstreams().values());
        for (var upstream : List.copyOf(older.keySet())) {
            if (!declared.contains(upstream)) {
                Optional.ofNullable(older.remove(upstream)).ifPresent(SseClient::close);
            }
        }
    }
}
