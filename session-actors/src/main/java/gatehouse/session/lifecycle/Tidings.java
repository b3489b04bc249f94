package gatehouse.session.lifecycle;

import org.apache.pekko.actor.typed.ActorRef;

/// What a session's listening hears from its stream and its way to the upstream, by way of the session.
sealed interface Tidings extends SessionActor.Inner {
    record StreamReady(StreamLog log) implements Tidings {}

    record StreamUnready(String why) implements Tidings {}

    record LingerOver(Reader left) implements Tidings {}

    /// The upstream's own stream is open, or will not be for now.
    record LinkSettled() implements Tidings {}

    /// The upstream offers no stream of its own on this leg: this link has stopped.
    record NoLink(Leg leg, ActorRef<UpstreamLink.Command> stopped) implements Tidings {}

    /// The upstream says that it does not know this leg.
    record LinkLost(Leg leg) implements Tidings {}

    /// The upstream's stream was opened: a leg that is not known later was forgotten.
    record LinkOpened() implements Tidings {}

    /// This log is not, or may not be, how far the stream is any more.
    record LogLost(StreamLog log) implements Tidings {}

    /// The upstream's stream was worth opening.
    record LinkHeard() implements Tidings {}
}
