package gatehouse.session.fake;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// What an upstream of HTTP+SSE does: one stream per session carries everything back, messages come elsewhere.
///
/// A test scripts what goes over the stream when a method arrives; `POST` stands for the answers of the client.
public final class FakeSse {

    private static final String INITIALIZED = "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{\"tools\":{}},"
            + "\"serverInfo\":{\"name\":\"old\",\"version\":\"1\"}}";

    private final FakeUpstream upstream;
    private final Map<String, LinkedBlockingQueue<Step>> streams = new ConcurrentHashMap<>();
    private volatile String latest = "";
    private volatile String endpoint = "/message?sessionId=";

    private FakeSse(FakeUpstream upstream) {
        this.upstream = upstream;
    }

    /// Speaks HTTP+SSE at the address of this fake, which goes on to refuse everything else with 404.
    public static FakeSse at(FakeUpstream upstream) {
        var sse = new FakeSse(upstream);
        upstream.on(
                "GET", Script.eventsOf(arrival -> sse.begin(UUID.randomUUID().toString())));
        return sse.on("initialize", Script.feed(INITIALIZED))
                .on("tools/list", Script.feed("{\"tools\":[]}"))
                .on("notifications/initialized", arrival -> List.of())
                .on("notifications/cancelled", arrival -> List.of())
                .on("POST", arrival -> List.of());
    }

    /// What goes over the stream of its session when this method arrives.
    public FakeSse on(String method, Script sayings) {
        upstream.on(method, arrival -> {
            var target = arrival.target();
            var stream = streams.get(target.substring(target.indexOf('=') + 1));
            if (!arrival.method().equals("POST") || target.indexOf('=') < 0 || stream == null) {
                return Script.status(404).answer(arrival);
            }
            stream.addAll(sayings.answer(arrival));
            return Script.body(202, "text/plain", "Accepted").answer(arrival);
        });
        return this;
    }

    /// What the sessions that follow are told to be the place for messages, the session's id put at its end.
    public FakeSse naming(String other) {
        endpoint = other;
        return this;
    }

    /// Says something over the stream that was opened last.
    public void say(Step step) {
        feed(latest).add(step);
    }

    private List<Step> begin(String session) {
        latest = session;
        return List.of(Step.chunk("event: endpoint\ndata: " + endpoint + session + "\n\n"), Step.follow(feed(session)));
    }

    private LinkedBlockingQueue<Step> feed(String session) {
        return streams.computeIfAbsent(session, fresh -> new LinkedBlockingQueue<>());
    }
}
