package gatehouse.session.lifecycle;

import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.state.javadsl.Effect;
import org.apache.pekko.persistence.typed.state.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.state.javadsl.EffectFactories;

/// How a session serves those who use it. Whatever they ask may come twice, as it or the answer to it may get lost.
final class Serving {

    private final EffectFactories<Session> effects;
    private final Belongings own;
    private final ActorRef<SessionActor.Command> self;
    private final SessionPorts ports;

    Serving(EffectFactories<Session> effects, Belongings own, ActorRef<SessionActor.Command> self) {
        this.effects = effects;
        this.own = own;
        this.self = self;
        this.ports = own.ports();
    }

    Effect<Session> serve(Session session, SessionActor.Use use) {
        own.seen().now(session);
        return switch (use) {
            case SessionActor.Look(var replyTo) -> effects.reply(replyTo, new Word.Known(session));
            case SessionActor.Enter enter -> enter(session, enter);
            case SessionActor.Stay(var request, var call) ->
                silently(() -> own.calls().stay(request, call, now()));
            case SessionActor.Leave(var request, var who) ->
                own.calls().leave(request, who) ? become(session, session.settled(request)) : effects.none();
            case SessionActor.Cancel(var request, var reason, var replyTo) ->
                noted(replyTo, () -> own.calls().cancel(request, reason, now()));
            case SessionActor.Mend(var broken, var replyTo) ->
                session.leg().equals(broken)
                        ? silently(() -> own.mending().begin(session, replyTo))
                        : effects.reply(replyTo, new Word.Moved(session));
            case SessionActor.OfQuestion asked -> inquire(session, asked);
            case SessionActor.Note(var change, var replyTo) ->
                become(session, session.after(change, ports.settings().bounds()))
                        .thenRun(noted -> {
                            own.listening().follow(noted, change);
                            replyTo.tell(new Word.Noted());
                        });
            case SessionActor.Listen listen -> silently(() -> own.listening().attach(session, listen));
            case SessionActor.Expect(var replyTo) ->
                silently(() -> own.listening().expect(session, replyTo));
            case SessionActor.HangUp(var reader, var replyTo) ->
                noted(replyTo, () -> own.listening().hungUp(reader));
        };
    }

    private Effect<Session> enter(Session session, SessionActor.Enter enter) {
        var again = own.listening().keeps(enter.replyTo());
        if (own.listening().settling(enter.replyTo(), () -> self.tell(enter))) {
            return again ? effects.reply(enter.replyTo(), new Word.Noted()) : effects.none();
        }
        return effects.reply(
                enter.replyTo(),
                switch (own.calls().enter(enter.request(), enter.replyTo(), now())) {
                    case ENTERED -> new Word.Entered(session);
                    case TAKEN -> new Word.Repeated();
                });
    }

    private Effect<Session> inquire(Session session, SessionActor.OfQuestion asked) {
        var inquiry = own.inquiries().into(session, asked, ports.settings().bounds(), now());
        return become(session, inquiry.session())
                .thenRun(after -> asked.replyTo().tell(inquiry.word()));
    }

    private Instant now() {
        return ports.clock().instant();
    }

    private EffectBuilder<Session> become(Session before, Session after) {
        return after.equals(before) ? effects.none() : effects.persist(after);
    }

    private Effect<Session> noted(ActorRef<Word> replyTo, Runnable act) {
        act.run();
        return effects.reply(replyTo, new Word.Noted());
    }

    private Effect<Session> silently(Runnable act) {
        act.run();
        return effects.none();
    }
}
