package gatehouse.session.crossing.legacy;

import gatehouse.session.lifecycle.Leg;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Reply;
import java.util.LinkedHashMap;
import org.apache.pekko.util.ByteString;

/// What a client is told that says `initialize`, out of what a modern upstream says to `server/discover`.
final class Greeting {

    /// Where the upstream does not say who it is, it was the gateway that answered.
    private static final String UNNAMED = "{\"name\":\"Gatehouse\",\"version\":\"1\"}";

    private Greeting() {}

    /// The same question in the modern era.
    static Message asked(Message initialize) {
        var meta = initialize.raw(Place.PARAMS_META);
        var discover = Message.request(initialize.id().orElseThrow(), "server/discover", "{}");
        return meta.map(json -> discover.with(Place.PARAMS_META, json.utf8String()))
                .orElse(discover);
    }

    static Reply answered(Dialect dialect, Message discovered) {
        if (discovered.kind() == Message.Kind.ERROR) {
            return new Reply.Single(Results.of("server/discover", discovered), "");
        }
        var result = new LinkedHashMap<String, String>();
        result.put("protocolVersion", Json.quote(dialect.version()));
        result.put(
                "capabilities",
                Support.legacy(Members.of(discovered, Place.RESULT_CAPABILITIES), dialect == Dialect.V2025_11_25));
        result.put("serverInfo", text(discovered, Place.RESULT_META_SERVER_INFO, UNNAMED));
        discovered.text(Place.RESULT_INSTRUCTIONS).ifPresent(text -> result.put("instructions", Json.quote(text)));
        return new Reply.Single(
                Message.result(discovered.id().orElseThrow(), Members.json(result)), Leg.modernSession());
    }

    private static String text(Message message, Place place, String otherwise) {
        return message.raw(place)
                .map(ByteString::utf8String)
                .filter(json -> json.startsWith("{"))
                .orElse(otherwise);
    }
}
