package gatehouse.session.lifecycle;

import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// What a session has only while it is awake: who calls, who answers, who listens, what is being mended, and when it
/// was last used.
record Belongings(
        Roll calls,
        Inquiries inquiries,
        Listening listening,
        Mending mending,
        Seen seen,
        SessionKey key,
        SessionPorts ports) {

    static Belongings of(ActorContext<SessionActor.Command> context, SessionKey key, SessionPorts ports) {
        return new Belongings(
                new Roll(ports.settings().lease()),
                new Inquiries(),
                new Listening(context, key, ports),
                new Mending(context, ports),
                new Seen(context, key, ports),
                key,
                ports);
    }

    boolean busy() {
        return !calls.isEmpty(ports.clock().instant()) || listening.occupied();
    }

    /// Who was used just now need not be asked who uses it.
    boolean over(Session session) {
        return over(session, false) && over(session, busy());
    }

    private boolean over(Session session, boolean busy) {
        return session.over(seen.last(busy), ports.clock().instant(), ports.settings());
    }

    /// As it is to be written: when it was last used is known better here.
    Session used(Session session) {
        var used = seen.last(busy());
        return used.isAfter(session.seen()) ? session.seenAt(used) : session;
    }

    /// Nobody waits for answers to what came up in calls that are no more.
    Session withoutLapsed(Session session) {
        var rest = session;
        for (var request : calls.lapse(ports.clock().instant())) {
            rest = rest.settled(request);
        }
        return rest;
    }

    /// Ends everything that hangs on the session, here and at the upstream.
    void end(Session session) {
        calls.cancelAll();
        listening.stop();
        mending.farewell(session);
        ports.outbox().apply(session.route()).drop(key);
    }
}
