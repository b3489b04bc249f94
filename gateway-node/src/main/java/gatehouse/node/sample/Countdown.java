package gatehouse.node.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/// The stream of a slow call: progress for those who asked for it, then the result.
final class Countdown {
    private static final Duration BEAT = Duration.ofMillis(500);

    private Countdown() {}

    static Source<Message, NotUsed> stream(Message request, int from, ObjectNode result) {
        var token = request.meta().path("progressToken");
        return Source.range(1, from + 1)
                .throttle(1, BEAT)
                .filter(beat -> beat > from || !token.isMissingNode())
                .map(beat -> beat > from ? Message.result(request.id(), result) : progress(token, beat, from));
    }

    private static Message progress(JsonNode token, int beat, int from) {
        var params = Json.object();
        params.set("progressToken", token);
        params.put("progress", beat).put("total", from).put("message", (from - beat + 1) + " ...");
        return Message.notification("notifications/progress", params);
    }
}
