package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/// The progress of one request over all its rounds, under the token its client chose. An upstream hears many clients at
/// once, so each round has a token of its own there; and a round that begins anew must not take progress back.
final class Progress {

    private final String clientToken;
    private volatile String upstreamToken = "";
    private volatile double before = Double.NEGATIVE_INFINITY; // in the rounds before this one
    private volatile double most = Double.NEGATIVE_INFINITY;

    Progress(Message request) {
        clientToken = request.raw(Place.META_PROGRESS_TOKEN)
                .map(ByteString::utf8String)
                .orElse("");
    }

    /// The token of the next round; empty where the client wants to hear nothing.
    String next(String token) {
        before = most;
        upstreamToken = clientToken.isEmpty() ? "" : token;
        return upstreamToken;
    }

    /// A notification as the client may hear it, if at all.
    Optional<Message> back(Message notification) {
        if (!notification.method().equals("notifications/progress")) {
            return Optional.of(notification);
        }
        var token = raw(notification, Place.PARAMS_PROGRESS_TOKEN);
        if (upstreamToken.isEmpty() || !token.equals(upstreamToken) || !advances(notification)) {
            return Optional.empty();
        }
        return Optional.of(notification.with(Place.PARAMS_PROGRESS_TOKEN, clientToken));
    }

    private boolean advances(Message notification) {
        var number = raw(notification, Place.PARAMS_PROGRESS);
        if (!number.matches("-?[0-9].*")) {
            return true; // which is for the client to judge
        }
        var progress = Double.parseDouble(number);
        most = Math.max(most, progress);
        return progress > before;
    }

    private static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }
}
