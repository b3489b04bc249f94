package gatehouse.session.lifecycle;

import org.apache.pekko.actor.typed.ActorRef;

/// What an [UpstreamLink] tells the session it listens for.
sealed interface LinkSign extends Listening.Sign {

    /// The upstream's own stream is open, or will not be for now.
    record Settled() implements LinkSign {}

    /// The upstream offers no stream of its own on this leg: this link has stopped.
    record None(Leg leg, ActorRef<UpstreamLink.Command> stopped) implements LinkSign {}

    /// The upstream says that it does not know this leg.
    record Lost(Leg leg) implements LinkSign {}

    /// The upstream's stream was opened: a leg that is not known later was forgotten.
    record Opened() implements LinkSign {}

    /// The upstream's stream was worth opening.
    record Heard() implements LinkSign {}
}
