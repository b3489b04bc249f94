package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/// Whom a notification concerns that came on the stream of a call.
///
/// @param envelope of the request that is being answered now
/// @param token the progress token the upstream was given, as JSON
record Relevance(Envelope envelope, String token) {

    sealed interface Concern {}

    /// The client, in its own names.
    record Passing(Message message) implements Concern {}

    /// Whoever listens to the upstream.
    record ForListeners() implements Concern {}

    record None() implements Concern {}

    private static final Set<String> OF_LISTENERS = Set.of(
            "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/resources/list_changed",
            "notifications/resources/updated");

    /// What the modern era does not say.
    private static final Set<String> UNSAID = Set.of(
            "notifications/cancelled",
            "notifications/initialized",
            "notifications/tasks/status",
            "notifications/elicitation/complete");

    Concern of(Message notification) {
        var method = notification.method();
        if (method.equals("notifications/progress")) {
            return progresses(notification)
                    ? new Passing(notification.with(Place.PARAMS_PROGRESS_TOKEN, envelope.token()))
                    : new None();
        }
        if (method.equals("notifications/message")) {
            return isWanted(notification) ? new Passing(notification) : new None();
        }
        if (OF_LISTENERS.contains(method)) {
            return new ForListeners();
        }
        return UNSAID.contains(method) ? new None() : new Passing(notification);
    }

    private boolean progresses(Message message) {
        var named = message.raw(Place.PARAMS_PROGRESS_TOKEN)
                .map(ByteString::utf8String)
                .orElse("");
        return !named.isEmpty() && named.equals(token) && !envelope.token().isEmpty();
    }

    private boolean isWanted(Message message) {
        var said = message.text(Place.PARAMS_LEVEL).flatMap(Severity::of);
        return said.isPresent()
                && envelope.severity()
                        .filter(wanted -> wanted.includes(said.get()))
                        .isPresent();
    }
}
