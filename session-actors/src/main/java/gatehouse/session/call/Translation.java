package gatehouse.session.call;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import org.apache.pekko.util.ByteString;

/// Between one client's names for a request and the upstream's.
///
/// Clients all count from 1, so no id of theirs names anything at an upstream. A legacy leg belongs to one session,
/// whose
/// progress tokens are its own; a modern upstream hears every client at once, so there the token is replaced too.
final class Translation {

    private final Id clientId;
    private final CallId callId;
    private final String clientToken;
    private final String upstreamToken;

    private Translation(Message request, CallId callId, boolean ownToken) {
        this.clientId = request.id().orElseThrow();
        this.callId = callId;
        this.clientToken = request.raw(Place.META_PROGRESS_TOKEN)
                .map(ByteString::utf8String)
                .orElse("");
        this.upstreamToken = ownToken && !clientToken.isEmpty() ? callId.id().json() : clientToken;
    }

    static Translation legacy(Message request, CallId callId) {
        return new Translation(request, callId, false);
    }

    static Translation modern(Message request, CallId callId) {
        return new Translation(request, callId, true);
    }

    Message forward(Message request) {
        var renamed = request.withId(callId.id());
        return upstreamToken.equals(clientToken) ? renamed : renamed.with(Place.META_PROGRESS_TOKEN, upstreamToken);
    }

    /// Whether this message is the answer to the request.
    boolean answers(Message message) {
        return switch (message.kind()) {
            case RESULT, ERROR -> message.id().filter(callId.id()::equals).isPresent();
            case REQUEST, NOTIFICATION -> false;
        };
    }

    /// Whether a message has no business on the stream of this request: an answer to another one, or its progress.
    boolean foreign(Message message) {
        return switch (message.kind()) {
            case RESULT, ERROR -> !answers(message);
            case NOTIFICATION -> message.method().equals("notifications/progress") && !progresses(message);
            case REQUEST -> false;
        };
    }

    /// A message of the upstream in the client's names.
    Message back(Message message) {
        return switch (message.kind()) {
            case RESULT -> subscription(message.withId(clientId), Place.RESULT_META_SUBSCRIPTION_ID);
            case ERROR -> message.withId(clientId);
            case NOTIFICATION -> subscription(progress(message), Place.META_SUBSCRIPTION_ID);
            case REQUEST -> message;
        };
    }

    private boolean progresses(Message message) {
        var token = message.raw(Place.PARAMS_PROGRESS_TOKEN)
                .map(ByteString::utf8String)
                .orElse("");
        return !token.isEmpty() && token.equals(upstreamToken);
    }

    private Message progress(Message message) {
        return !upstreamToken.equals(clientToken) && progresses(message)
                ? message.with(Place.PARAMS_PROGRESS_TOKEN, clientToken)
                : message;
    }

    private Message subscription(Message message, Place place) {
        return message.text(place).filter(callId.value()::equals).isPresent()
                ? message.with(place, clientId.json())
                : message;
    }
}
