package gatehouse.session.federation;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.session.upstream.Peer;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/// The joined routes of this node, and what is remembered for them.
public final class Federations {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Ear ear;
    private final Discord discord = new Discord();
    private final JointLists lists;
    private final Reads reads;
    private final Discovery discovery;
    private final Federation.Ports ports;
    private final HubPorts.Held listening = new HubPorts.Held();
    private final ActorRef<HubActor.Command> hub;

    /// @param ear hears which member failed
    public Federations(ActorSystem<?> system, FederationSettings settings, Stamp stamp, InstantSource clock, Ear ear) {
        this.ear = ear;
        var asking = new Asking(system);
        this.lists = new JointLists(settings, asking, stamp, clock, discord);
        this.discovery = new Discovery(asking, settings, clock);
        this.reads = new Reads(settings.caching(), clock);
        this.hub = system.systemActorOf(
                HubActor.create(new HubPorts(lists, reads, asking, settings, listening)),
                "federation-" + NUMBERS.incrementAndGet(),
                Props.empty());
        var listens = new Listens(system, lists, stamp, settings.listening(), hub);
        this.ports = new Federation.Ports(lists, new Carrying(lists, stamp, reads), discovery, listens, stamp, clock);
    }

    /// The members of a route as one peer.
    public Peer peer(Joint joint) {
        return new Federation(joint.heard(ear), ports);
    }

    /// Forgets what concerns upstreams and routes that are declared otherwise now, or no more.
    public void retain(Catalogue catalogue) {
        var upstreams = Set.copyOf(catalogue.upstreams().values());
        var routes = Set.copyOf(catalogue.routes().keySet());
        lists.retain(upstreams::contains, routes::contains);
        reads.cache().retain(upstreams::contains);
        discovery.cache().retain(upstreams::contains);
        discord.retain(routes::contains);
        hub.tell(new HubActor.Keep(
                joint -> catalogue
                        .route(joint.route().id())
                        .flatMap(catalogue::course)
                        .filter(joint.course()::equals)
                        .isPresent(),
                joint -> routes.contains(joint.route().id())));
    }

    /// Answers of members that are remembered.
    public int remembered() {
        return lists.cache().size() + reads.cache().size() + discovery.cache().size();
    }

    /// Joined lists that are ready to be sent.
    public int joined() {
        return lists.count();
    }

    /// Bytes of both, about.
    public long bytes() {
        return lists.cache().weight() + reads.cache().weight() + lists.weight();
    }

    /// Questions that were answered from what is remembered.
    public long hits() {
        return lists.cache().hits() + reads.cache().hits() + discovery.cache().hits();
    }

    /// Questions that members were asked, or that waited for such an answer.
    public long misses() {
        return lists.cache().misses()
                + reads.cache().misses()
                + discovery.cache().misses();
    }

    /// Clients that listen on joined routes.
    public int listeners() {
        return listening.listeners().get();
    }

    /// Streams that are open to members for them, or about to be.
    public int taps() {
        return listening.taps().get();
    }

    /// What is not as it should be in joined lists.
    public int problems() {
        return discord.count();
    }
}
