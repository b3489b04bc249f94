package gatehouse.session.call;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import java.util.Optional;
import java.util.Set;

/// Decides what a message is a part of before anything is done about it: the body says which era it belongs to, and the
/// headers must agree. First failure wins, in the order in which the official SDKs look.
public final class Threshold {

    /// Where a message goes.
    public sealed interface Way {
        /// It opens a session.
        record Opening() implements Way {}

        /// It belongs to a session.
        record InSession() implements Way {}

        /// It stands alone.
        record Alone() implements Way {}

        record Refused(Refusal refusal) implements Way {}
    }

    private static final Set<String> REMOVED = Set.of(
            "initialize",
            "ping",
            "logging/setLevel",
            "resources/subscribe",
            "resources/unsubscribe",
            "tasks/list",
            "tasks/result",
            "notifications/initialized",
            "notifications/roots/list_changed",
            "notifications/elicitation/complete");

    private Threshold() {}

    public static Way judge(Inbound inbound) {
        var message = inbound.message();
        return switch (message.kind()) {
            case RESULT, ERROR ->
                names(inbound, true) ? refused(400, Codes.INVALID_REQUEST, NO_ANSWERS) : legacy(inbound);
            case REQUEST, NOTIFICATION ->
                message.has(Place.META_PROTOCOL_VERSION) ? modern(inbound) : unenveloped(inbound);
        };
    }

    private static final String NO_ANSWERS =
            "2026-07-28 has no answers from clients: send inputResponses with the request";

    private static Way modern(Inbound inbound) {
        var message = inbound.message();
        var version = message.text(Place.META_PROTOCOL_VERSION);
        if (version.isEmpty()) {
            return refused(400, Codes.INVALID_PARAMS, Place.META_PROTOCOL_VERSION.path() + " is not a text");
        }
        if (!inbound.version().isEmpty() && !inbound.version().equals(version.get())) {
            return refused(
                    400, Codes.HEADER_MISMATCH, "header MCP-Protocol-Version and the body name different revisions");
        }
        if (Dialect.of(version.get()).filter(Dialect::modern).isEmpty()) {
            return new Way.Refused(Refusal.unsupportedVersion(version.get()));
        }
        return envelope(message)
                .or(() -> Mirrors.check(message, inbound.headers())
                        .map(problem -> new Refusal(400, Codes.HEADER_MISMATCH, problem)))
                .or(() -> removed(message))
                .<Way>map(Way.Refused::new)
                .orElseGet(Way.Alone::new);
    }

    private static Optional<Refusal> envelope(Message message) {
        var capabilities = message.raw(Place.META_CLIENT_CAPABILITIES);
        return capabilities.filter(json -> json.head() == '{').isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        400,
                        Codes.INVALID_PARAMS,
                        Place.META_CLIENT_CAPABILITIES.path() + " is missing or not an object; it may be {}"));
    }

    private static Optional<Refusal> removed(Message message) {
        return REMOVED.contains(message.method()) ? Optional.of(Refusal.notFound(message.method())) : Optional.empty();
    }

    private static Way unenveloped(Inbound inbound) {
        if (names(inbound, true)) {
            return refused(400, Codes.INVALID_PARAMS, Place.META_PROTOCOL_VERSION.path() + " is missing");
        }
        if (!inbound.message().method().equals("initialize")) {
            return legacy(inbound);
        }
        return inbound.session().isEmpty()
                ? new Way.Opening()
                : refused(
                        400, Codes.INVALID_REQUEST, "this session is initialized already; open another without its id");
    }

    private static Way legacy(Inbound inbound) {
        if (!inbound.version().isEmpty() && !names(inbound, false)) {
            return refused(
                    400,
                    Codes.LEGACY_TRANSPORT,
                    "header MCP-Protocol-Version names no revision served here: 2025-03-26, 2025-06-18, 2025-11-25");
        }
        return inbound.session().isEmpty()
                ? refused(400, Codes.LEGACY_TRANSPORT, "header Mcp-Session-Id is missing: send `initialize` first")
                : new Way.InSession();
    }

    private static boolean names(Inbound inbound, boolean modern) {
        return Dialect.of(inbound.version())
                .filter(dialect -> dialect.modern() == modern)
                .isPresent();
    }

    private static Way refused(int status, int code, String text) {
        return new Way.Refused(new Refusal(status, code, text));
    }
}
