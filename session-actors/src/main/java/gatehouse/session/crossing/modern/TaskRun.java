package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Nested;
import gatehouse.session.mcp.Place;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/// How a tool that runs as a task of the legacy era only is called: begun as one, then waited for.
final class TaskRun {

    private TaskRun() {}

    static Message begun(Message call) {
        return call.withId(Ids.next()).with(Place.PARAMS_TASK, "{}");
    }

    /// The id of the task that a result names.
    static Optional<String> named(Message result) {
        return result.raw(Place.RESULT_TASK)
                .map(Nested::members)
                .flatMap(task -> Nested.text(task.getOrDefault("taskId", ByteString.emptyByteString())));
    }

    /// It is answered when the task is over.
    static Message waitedFor(String taskId) {
        return Message.request(Ids.next(), "tasks/result", "{\"taskId\":" + Json.quote(taskId) + "}");
    }
}
