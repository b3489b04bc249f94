package gatehouse.session.upstream;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.rate.Load;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/// The upstreams this node talks to: one client per catalogue entry, for as long as the entry stands as it is.
public final class Upstreams implements AutoCloseable {

    private final ActorSystem<?> system;
    private final UpstreamSettings settings;
    private final Egress egress;
    private final Function<String, Load> rooms;
    private final Map<Upstream, StreamableClient> clients = new ConcurrentHashMap<>();

    public Upstreams(ActorSystem<?> system, UpstreamSettings settings) {
        this(system, settings, owner -> Load.none());
    }

    /// @param rooms where the answers to an owner find room
    public Upstreams(ActorSystem<?> system, UpstreamSettings settings, Function<String, Load> rooms) {
        this.rooms = rooms;
        this.system = system;
        this.settings = settings;
        this.egress = Egress.ofSystem(settings.dialling());
    }

    /// What Streamable HTTP and any other transport to an upstream go over.
    public Line line(Upstream upstream) {
        return client(upstream).line();
    }

    public StreamableClient client(Upstream upstream) {
        return clients.computeIfAbsent(
                upstream, declared -> new StreamableClient(system, declared, settings, egress, rooms));
    }

    /// Closes the clients of entries that changed or vanished; exchanges under way on them end as they may.
    public void retain(Catalogue catalogue) {
        closeAllBut(Set.copyOf(catalogue.upstreams().values()));
    }

    /// Connections held to all upstreams together.
    public int connections() {
        return clients.values().stream().mapToInt(StreamableClient::connections).sum();
    }

    @Override
    public void close() {
        closeAllBut(Set.of());
    }

    private void closeAllBut(Set<Upstream> declared) {
        var stale = clients.keySet().stream()
                .filter(upstream -> !declared.contains(upstream))
                .toList();
        for (var upstream : stale) {
            Optional.ofNullable(clients.remove(upstream)).ifPresent(StreamableClient::close);
        }
    }
}
