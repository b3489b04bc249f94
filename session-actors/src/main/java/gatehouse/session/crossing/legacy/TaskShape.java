package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Tasks of the modern extension as 2025-11-25 has them in its core.
final class TaskShape {

    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled");
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private TaskShape() {}

    /// @param task the members of a task as the upstream tells of it
    /// @param id by which the client knows it
    static String of(Map<String, String> task, String id) {
        var shaped = new LinkedHashMap<String, String>();
        shaped.put("taskId", Json.quote(id));
        copy(task, "status", shaped, "status");
        copy(task, "statusMessage", shaped, "statusMessage");
        copy(task, "createdAt", shaped, "createdAt");
        copy(task, "lastUpdatedAt", shaped, "lastUpdatedAt");
        shaped.put("ttl", task.getOrDefault("ttlMs", "null"));
        copy(task, "pollIntervalMs", shaped, "pollInterval");
        return Members.json(shaped);
    }

    /// A call that was done at once, as a task.
    static String of(Finished.Kept kept, Duration ttl, String id) {
        var since = Json.quote(kept.since().toString());
        return "{\"taskId\":" + Json.quote(id) + ",\"status\":\"completed\",\"createdAt\":" + since
                + ",\"lastUpdatedAt\":" + since + ",\"ttl\":" + ttl.toMillis() + "}";
    }

    static boolean isOver(Map<String, String> task) {
        return OVER.contains(status(task));
    }

    static String status(Map<String, String> task) {
        return Members.text(task, "status").orElse("");
    }

    /// How long to wait before it is asked about again.
    static Duration pause(Map<String, String> task, Duration otherwise) {
        var said = task.getOrDefault("pollIntervalMs", "");
        var pause = said.matches("[0-9]{1,9}") ? Duration.ofMillis(Long.parseLong(said)) : otherwise;
        return pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /// What the call came to that became this task, once it is over.
    static Message outcome(Map<String, String> task, Id request, String id) {
        return switch (status(task)) {
            case "completed" ->
                related(Results.of("tools/call", Message.result(request, Members.object(task, "result"))), id);
            case "failed" -> Results.of("tools/call", error(Members.of(Members.object(task, "error")), request));
            default -> Trouble.taskCancelled().message(request);
        };
    }

    /// A result, said to be that of a task.
    static Message related(Message result, String id) {
        var meta = Members.of(result, Place.RESULT_META);
        meta.put(Place.META_RELATED_TASK.field(), relation(id));
        return result.with(Place.RESULT_META, Members.json(meta));
    }

    /// A question, said to be that of a task.
    static String relatedParams(String params, String id) {
        var members = Members.of(params);
        var meta = Members.of(Members.object(members, "_meta"));
        meta.put(Place.META_RELATED_TASK.field(), relation(id));
        members.put("_meta", Members.json(meta));
        return Members.json(members);
    }

    private static String relation(String id) {
        return "{\"taskId\":" + Json.quote(id) + "}";
    }

    private static Message error(Map<String, String> error, Id request) {
        var code = error.getOrDefault("code", "");
        var number = code.matches("-?[0-9]{1,9}") ? Integer.parseInt(code) : Codes.INTERNAL_ERROR;
        var text = Members.text(error, "message").orElse("the task failed");
        return error.containsKey("data")
                ? Message.error(request, number, text, error.getOrDefault("data", "null"))
                : Message.error(request, number, text);
    }

    private static void copy(Map<String, String> from, String name, Map<String, String> to, String as) {
        if (from.containsKey(name)) {
            to.put(as, from.getOrDefault(name, "null"));
        }
    }
}
