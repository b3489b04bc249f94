package gatehouse.session.lifecycle;

import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A client's state across calls, decided without clock, actor or I/O.
///
/// @param version the protocol revision both sides agreed on
/// @param opening what is kept of the params of the client's `initialize`, as JSON: what a lost leg is opened with
/// again
/// @param stream the name of the session's own stream
/// @param level the params of the last `logging/setLevel`, as JSON; empty if there was none
/// @param subscriptions the URIs of each `resources/subscribe` still in force; what stands beside them was once params
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

    /// What `logging/setLevel` may ask for: RFC 5424.
    private static final Set<String> LEVELS =
            Set.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    /// What one of many costs beside its bytes.
    private static final int ENTRY = 64;

    public Session {
        version = Dialect.shared(version);
        subscriptions = bare(subscriptions);
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

    /// What there is no room for is not remembered. Its call was refused, unless others took the room meanwhile.
    public Session after(Change change, SessionBounds bounds) {
        return unkept(change, bounds).isPresent() ? this : after(change);
    }

    /// Why a change cannot be kept, if so; then it must not be made.
    public Optional<Unkept> unkept(Change change, SessionBounds bounds) {
        return switch (change) {
            case Change.Level(var word) ->
                LEVELS.contains(word) ? Optional.empty() : Optional.of(new Unkept.NoSuchLevel());
            case Change.Subscribed(var uri) -> subscriptions.containsKey(uri) ? Optional.empty() : unkept(uri, bounds);
            case Change.Unsubscribed unsubscribed -> Optional.empty();
        };
    }

    private Optional<Unkept> unkept(String uri, SessionBounds bounds) {
        var bytes = bytes(uri);
        if (bytes > bounds.uri()) {
            return Optional.of(new Unkept.TooLong("params.uri", bytes, bounds.uri()));
        }
        if (subscriptions.size() >= bounds.subscriptions()) {
            return Optional.of(new Unkept.TooMany(bounds.subscriptions()));
        }
        return weight() + bytes + ENTRY > bounds.whole()
                ? Optional.of(new Unkept.Full(bounds.whole()))
                : Optional.empty();
    }

    private Session after(Change change) {
        var subscribed = new HashMap<>(subscriptions);
        return switch (change) {
            case Change.Level(var word) ->
                with(leg, "{\"level\":" + Json.quote(word) + "}", subscriptions, questions, seen);
            case Change.Subscribed(var uri) -> {
                subscribed.put(uri, "");
                yield with(leg, level, subscribed, questions, seen);
            }
            case Change.Unsubscribed(var uri) -> {
                subscribed.remove(uri);
                yield with(leg, level, subscribed, questions, seen);
            }
        };
    }

    /// The bytes of what others made it keep, and what it costs to keep each of many.
    int weight() {
        var weight = bytes(opening) + bytes(level) + bytes(leg.session());
        for (var uri : subscriptions.keySet()) {
            weight += bytes(uri) + ENTRY;
        }
        for (var question : questions.values()) {
            weight += bytes(question.upstreamId()) + bytes(question.leg()) + bytes(question.call()) + ENTRY;
        }
        return weight;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Sessions of earlier days kept all that came with a subscription; its URI is all there is to say again.
    private static Map<String, String> bare(Map<String, String> kept) {
        if (kept.values().stream().allMatch(String::isEmpty)) {
            return Map.copyOf(kept);
        }
        return kept.keySet().stream().collect(Collectors.toUnmodifiableMap(uri -> uri, uri -> ""));
    }

    public Session asking(String id, Question question) {
        var more = new HashMap<>(questions);
        more.put(id, question);
        return with(leg, level, subscriptions, more, seen);
    }

    /// The question that an answer is still waited for.
    public Optional<Question> question(String id, Instant now) {
        return Optional.ofNullable(questions.get(id)).filter(open -> !now.isAfter(open.deadline()));
    }

    public Session answered(String id) {
        var fewer = new HashMap<>(questions);
        fewer.remove(id);
        return with(leg, level, subscriptions, fewer, seen);
    }

    /// Questions of a call are dropped with it.
    public Session settled(String call) {
        return without(question -> question.call().equals(call));
    }

    /// Questions nobody answered in time are dropped when the next one is asked.
    public Session forgettingBefore(Instant now) {
        return without(question -> now.isAfter(question.deadline()));
    }

    private Session without(Predicate<Question> closed) {
        if (questions.isEmpty()) {
            return this;
        }
        var open = new HashMap<>(questions);
        open.values().removeIf(closed);
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
