package gatehouse.session.lifecycle;

import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.mcp.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// A client's state across calls, decided without clock, actor or I/O.
///
/// @param version the protocol revision both sides agreed on
/// @param opening the params of the client's `initialize`, as JSON: what a lost leg is opened with again
/// @param stream the name of the session's own stream
/// @param level the params of the last `logging/setLevel`, as JSON; empty if there was none
/// @param subscriptions the params of each `resources/subscribe` still in force, as JSON, by URI
/// @param seen when it was last written as being used; at most a quarter of its idle time too old
public record Session(
        Principal principal,
        RouteId route,
        String version,
        String opening,
        String stream,
        Leg leg,
        String level,
        Map<String, String> subscriptions,
        Map<String, Question> questions,
        Instant created,
        Instant seen)
        implements Stored, Wire {

    /// No session: what an id that was never given out, or has ended, leads to.
    public static final Session ABSENT = new Session(
            Principal.ANONYMOUS,
            new RouteId(""),
            "",
            "",
            "",
            Leg.NONE,
            "",
            Map.of(),
            Map.of(),
            Instant.EPOCH,
            Instant.EPOCH);

    public Session {
        version = Dialect.shared(version);
        subscriptions = Map.copyOf(subscriptions);
        questions = Map.copyOf(questions);
    }

    public static Session opened(Principal principal, RouteId route, Opening opening, Instant now) {
        return new Session(
                principal,
                route,
                opening.version(),
                opening.params(),
                opening.stream(),
                opening.leg(),
                "",
                Map.of(),
                Map.of(),
                now,
                now);
    }

    /// What `initialize` settled.
    public record Opening(String version, String params, String stream, Leg leg) implements Wire {}

    public boolean exists() {
        return !created.equals(Instant.EPOCH);
    }

    /// Whether its time is over: unused for too long, or simply too old.
    ///
    /// @param used when it was last used, as far as memory goes
    public boolean over(Instant used, Instant now, SessionSettings settings) {
        var latest = used.isAfter(seen) ? used : seen;
        return now.isAfter(latest.plus(settings.idle())) || now.isAfter(created.plus(settings.absolute()));
    }

    /// Whether `seen` has grown so old that it should be written again.
    public boolean staleAt(Instant now, Duration idle) {
        return now.isAfter(seen.plus(idle.dividedBy(4)));
    }

    public Session seenAt(Instant now) {
        return with(leg, level, subscriptions, questions, now);
    }

    public Session onLeg(Leg fresh) {
        return with(fresh, level, subscriptions, questions, seen);
    }

    /// A subscription beyond the most there may be is not remembered: after a lost leg its client has to ask again.
    public Session after(Change change, int mostSubscriptions) {
        var subscribed = new HashMap<>(subscriptions);
        return switch (change) {
            case Change.Level(var params) -> with(leg, params, subscriptions, questions, seen);
            case Change.Subscribed(var uri, var params) -> {
                if (subscribed.size() < mostSubscriptions) {
                    subscribed.put(uri, params);
                }
                yield with(leg, level, subscribed, questions, seen);
            }
            case Change.Unsubscribed(var uri) -> {
                subscribed.remove(uri);
                yield with(leg, level, subscribed, questions, seen);
            }
        };
    }

    public Session asking(String id, Question question) {
        var more = new HashMap<>(questions);
        more.put(id, question);
        return with(leg, level, subscriptions, more, seen);
    }

    public Session answered(String id) {
        var fewer = new HashMap<>(questions);
        fewer.remove(id);
        return with(leg, level, subscriptions, fewer, seen);
    }

    /// Questions nobody answered in time are dropped when the next one is asked.
    public Session forgettingBefore(Instant now) {
        var open = new HashMap<>(questions);
        open.values().removeIf(question -> now.isAfter(question.deadline()));
        return open.size() == questions.size() ? this : with(leg, level, subscriptions, open, seen);
    }

    private Session with(
            Leg newLeg,
            String newLevel,
            Map<String, String> newSubscriptions,
            Map<String, Question> newQuestions,
            Instant at) {
        return new Session(
                principal,
                route,
                version,
                opening,
                stream,
                newLeg,
                newLevel,
                newSubscriptions,
                newQuestions,
                created,
                at);
    }
}
