package gatehouse.session.crossing.modern;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// How a hub keeps hold of its upstream's own stream: linked while somebody listens, on the session of the moment, and
/// on a new one if the upstream forgot it.
final class Linking {

    private static final int MOST_DOUBLINGS = 6;

    /// How often in a row a session is opened again for the sake of a stream that brings nothing.
    private static final int LOSSES = 3;

    private final ActorContext<HubActor.Command> context;
    private final SharedLeg leg;
    private final ModernSettings settings;
    private Optional<ActorRef<HubLink.Command>> link = Optional.empty();
    private Hello hello;
    private int losses; // sessions forgotten in a row, while the stream brought nothing

    Linking(ActorContext<HubActor.Command> context, SharedLeg leg, Hello hello, ModernSettings settings) {
        this.context = context;
        this.leg = leg;
        this.hello = hello;
        this.settings = settings;
    }

    Hello hello() {
        return hello;
    }

    /// False if it is linked already.
    boolean begin() {
        var begins = link.isEmpty();
        if (begins) {
            link(false);
        }
        return begins;
    }

    void end() {
        link.ifPresent(context::stop);
        link = Optional.empty();
    }

    /// The session is another one now.
    ///
    /// @param listened whether there is anybody to link for
    void move(Hello fresh, boolean listened) {
        hello = fresh;
        end();
        if (listened) {
            link(true);
        }
    }

    /// The stream was worth opening.
    void heard() {
        losses = 0;
    }

    /// False if there is no point in opening the session again: upstreams that know no such stream may answer just
    /// as
    /// if they had forgotten, and would be asked for one session after another.
    boolean lost(Hello lost) {
        if (losses == LOSSES) {
            return false;
        }
        if (lost.equals(hello)) {
            again(new HubActor.Reopen(lost, losses));
            losses++;
        }
        return true;
    }

    void reopen(HubActor.Reopen reopen) {
        if (reopen.lost().equals(hello) && link.isPresent()) {
            context.pipeToSelf(
                    leg.after(hello, List.of()),
                    (fresh, failure) ->
                            new HubActor.Reopened(failure == null ? Optional.of(fresh) : Optional.empty(), reopen));
        }
    }

    /// The session to move to. Where none was to be had it is tried again, later and later.
    Optional<Hello> reopened(HubActor.Reopened reopened) {
        var reopen = reopened.of();
        if (reopened.fresh().isEmpty()) {
            again(new HubActor.Reopen(reopen.lost(), reopen.times() + 1));
        }
        return reopen.lost().equals(hello) ? reopened.fresh() : Optional.empty();
    }

    private void again(HubActor.Reopen reopen) {
        var doublings = Math.min(reopen.times(), MOST_DOUBLINGS);
        var wait = settings.listening().reconnect().multipliedBy((1L << doublings) - 1);
        context.scheduleOnce(wait, context.getSelf(), reopen);
    }

    /// @param fresh whether the session was opened just now: the upstream cannot have forgotten it yet, and what
    /// came
    /// before may have been missed
    private void link(boolean fresh) {
        var ends = new HubLink.Ends(leg, hello, settings, context.getSelf());
        link = Optional.of(context.spawnAnonymous(HubLink.create(ends, fresh)));
    }
}
