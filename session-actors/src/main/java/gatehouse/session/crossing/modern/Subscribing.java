package gatehouse.session.crossing.modern;

import gatehouse.session.lifecycle.Errand;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// What a hub says to its upstream. Only a few subscriptions are asked for at once, however many listen: the listeners
/// take turns, and for one who left no more are asked for.
final class Subscribing {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 4;

    /// What one listener still wants of one session, and what it got.
    static final class Turn {
        private final Listener listener;
        private final Hello hello;
        private final Iterator<String> rest;
        private final Set<String> taken = new HashSet<>();
        private int asked;

        Turn(Listener listener, Hello hello) {
            this.listener = listener;
            this.hello = hello;
            this.rest = listener.wishes().uris().iterator();
        }

        boolean isOver() {
            return asked == 0 && !rest.hasNext();
        }
    }

    private final SharedLeg leg;
    private final ActorContext<HubActor.Command> context;
    private final Queue<Turn> turns = new ArrayDeque<>(); // one of each listener at most
    private int asked;

    Subscribing(SharedLeg leg, ActorContext<HubActor.Command> context) {
        this.leg = leg;
        this.context = context;
    }

    /// Subscribes to what a listener wants, in its turn. Whatever was still wanted for it of another session is
    /// not.
    void begin(Hello hello, Listener listener) {
        forget(listener);
        var turn = new Turn(listener, hello);
        if (turn.isOver()) {
            context.getSelf().tell(new HubActor.Subscribed(listener, Set.of()));
            return;
        }
        turns.add(turn);
        ask();
    }

    /// It left: nothing more is asked for it. What was is told of by [#answered].
    ///
    /// @return what the upstream took for it so far, where that was not all
    Set<String> forget(Listener listener) {
        var its = turns.stream().filter(turn -> turn.listener == listener).findFirst();
        its.ifPresent(turns::remove);
        return its.map(turn -> Set.copyOf(turn.taken)).orElseGet(Set::of);
    }

    /// What the upstream took for a listener, once that is all: or at once, if that listener left meanwhile.
    Optional<HubActor.Subscribed> answered(HubActor.Answered answered, Hello now) {
        asked--;
        var turn = answered.turn();
        turn.asked--;
        if (answered.took()) {
            turn.taken.add(answered.uri());
        }
        var left = !turns.contains(turn);
        var told = Optional.<HubActor.Subscribed>empty();
        if (left && answered.took() && turn.hello.equals(now)) {
            told = Optional.of(new HubActor.Subscribed(turn.listener, Set.of(answered.uri())));
        } else if (!left && turn.isOver()) {
            turns.remove(turn);
            told = Optional.of(new HubActor.Subscribed(turn.listener, Set.copyOf(turn.taken)));
        }
        ask();
        return told;
    }

    void unsubscribe(Hello hello, String uri) {
        var _ = leg.post(hello, about("resources/unsubscribe", uri));
    }

    /// A question outside of any call has nobody to be put to.
    void answer(Hello hello, Message question) {
        var id = question.id().orElseThrow();
        var _ = leg.post(
                hello,
                question.method().equals("ping")
                        ? Message.result(id, "{}")
                        : Message.error(id, Codes.METHOD_NOT_FOUND, "no call is under way that this belongs to"));
    }

    private void ask() {
        while (asked < AT_ONCE) {
            var next = turns.stream().filter(turn -> turn.rest.hasNext()).findFirst();
            if (next.isEmpty()) {
                return;
            }
            turns.remove(next.get());
            turns.add(next.get());
            ask(next.get(), next.get().rest.next());
        }
    }

    private void ask(Turn turn, String uri) {
        asked++;
        turn.asked++;
        var post = leg.saying(turn.hello, about("resources/subscribe", uri), List.of(), PATIENCE);
        context.pipeToSelf(
                Errand.run(leg::send, post, context.getSystem()),
                (fetched, failure) -> new HubActor.Answered(
                        turn, uri, failure == null && fetched.answer().kind() == Message.Kind.RESULT));
    }

    private static Message about(String method, String uri) {
        return Message.request(Ids.next(), method, "{\"uri\":" + Json.quote(uri) + "}");
    }
}
