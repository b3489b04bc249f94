package gatehouse.node;

import gatehouse.config.catalogue.CatalogueDiff;
import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.session.federation.Federations;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Upstreams;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Lets go of connections to, and of what was found out about, upstreams that are declared otherwise now, or no more.
final class Upkeep {

    private Upkeep() {}

    static Behavior<CatalogueDiff> create(
            Upstreams upstreams, Eras eras, Federations federations, CurrentCatalogue catalogue) {
        return Behaviors.receiveMessage(diff -> {
            upstreams.retain(catalogue.now());
            eras.retain(catalogue.now());
            federations.retain(catalogue.now());
            return Behaviors.same();
        });
    }
}
