package gatehouse.session.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// What a legacy [FakeUpstream] asks its clients in mid-call, and what they answer.
public final class Dialogue {

    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /// A question under its own id; its answer is the whole message that brought it.
    public record Asked(String id, String method, String params, CompletableFuture<String> answer) {

        public Step put() {
            return Step.event("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"" + method + "\",\"params\":"
                    + params + "}");
        }

        public Step awaited() {
            return Step.await(answer);
        }

        /// The result in the answer; the whole answer if there is none.
        public String result() {
            var whole = answer.join();
            var at = whole.indexOf("\"result\":");
            return at < 0 ? whole : whole.substring(at + "\"result\":".length(), whole.length() - 1);
        }
    }

    private Dialogue() {}

    /// From now on the upstream takes answers.
    public static Dialogue with(FakeUpstream upstream) {
        var dialogue = new Dialogue();
        upstream.on("POST", dialogue::take);
        return dialogue;
    }

    public Asked question(String method, String params) {
        var question = new Asked("q" + count.incrementAndGet(), method, params, new CompletableFuture<>());
        asked.put(question.id(), question);
        return question;
    }

    /// Puts a question, and answers the call with what became of it, as the one text of a tool's result.
    public Script asking(String method, String params) {
        return Script.eventsOf(arrival -> {
            var question = question(method, params);
            return List.of(
                    question.put(),
                    question.awaited(),
                    Step.later(() -> Step.event(Script.resultOf(arrival, text(question.result())))),
                    Step.end());
        });
    }

    /// Puts one question after the other, and answers the call with the answers in their order.
    public Script asking(List<String> messages, Function<List<String>, String> end) {
        return Script.eventsOf(arrival -> {
            var answers = new ArrayList<String>();
            var steps = new ArrayList<Step>();
            for (var message : messages) {
                var question = question("elicitation/create", form(message));
                steps.add(question.put());
                steps.add(question.awaited());
                steps.add(Step.later(() -> {
                    answers.add(question.result());
                    return Step.send("");
                }));
            }
            steps.add(Step.later(() -> Step.event(Script.resultOf(arrival, text(end.apply(answers))))));
            steps.add(Step.end());
            return steps;
        });
    }

    /// Questions that nobody answered, not even by refusing to.
    public long open() {
        return asked.values().stream().filter(each -> !each.answer().isDone()).count();
    }

    public static String form(String message) {
        return "{\"message\":\"" + message + "\",\"requestedSchema\":{\"type\":\"object\",\"properties\":"
                + "{\"name\":{\"type\":\"string\"}}}}";
    }

    public static String text(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\""
                + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}]}";
    }

    private List<Step> take(Arrival arrival) {
        var question = asked.get(arrival.rpcId().replace("\"", ""));
        if (question == null) {
            return Script.error(400, -32600).answer(arrival);
        }
        question.answer().complete(arrival.body());
        return Script.status(202).answer(arrival);
    }
}
