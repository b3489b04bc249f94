package gatehouse.session.fake;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What upstreams of each era say to hello and goodbye.
final class FakeEras {

    private FakeEras() {}

    static void legacy(FakeUpstream upstream) {
        var sessions = ConcurrentHashMap.<String>newKeySet();
        upstream.on("initialize", arrival -> {
            var session = UUID.randomUUID().toString();
            sessions.add(session);
            return Script.result(
                            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                                    + "\"serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}}",
                            "Mcp-Session-Id: " + session)
                    .answer(arrival);
        });
        upstream.on("notifications/initialized", inSession(sessions, Script.status(202)));
        upstream.on("ping", inSession(sessions, Script.result("{}")));
        upstream.on("tools/list", inSession(sessions, Script.result("{\"tools\":[]}")));
        upstream.on("GET", Script.status(405));
        upstream.on(
                "DELETE",
                arrival -> sessions.remove(arrival.header("mcp-session-id"))
                        ? Script.status(200).answer(arrival)
                        : Script.error(404, -32001).answer(arrival));
    }

    static void modern(FakeUpstream upstream) {
        upstream.on(
                "server/discover",
                Script.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                        + "\"capabilities\":{\"tools\":{}},\"ttlMs\":0,\"cacheScope\":\"private\"}"));
        upstream.on("initialize", arrival -> List.of(Script.http(400, "application/json", unsupported(arrival))));
    }

    private static String unsupported(Arrival arrival) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + arrival.rpcId()
                + ",\"error\":{\"code\":-32022,\"message\":\"unsupported\","
                + "\"data\":{\"supported\":[\"2026-07-28\"],\"requested\":\"2025-11-25\"}}}";
    }

    private static Script inSession(Set<String> sessions, Script script) {
        return arrival -> sessions.contains(arrival.header("mcp-session-id"))
                ? script.answer(arrival)
                : Script.error(404, -32001).answer(arrival);
    }
}
