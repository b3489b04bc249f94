package gatehouse.node.journey;

import gatehouse.session.fake.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Log messages that carry a number, so that a test can tell which of them arrived, and how often.
final class Notes {

    private Notes() {}

    static Step step(int number) {
        return Step.event(json(number));
    }

    /// The same with an id of the upstream's own.
    static Step step(int number, String id) {
        return Step.event(id, json(number));
    }

    private static String json(int number) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
                + "\"params\":{\"level\":\"info\",\"data\":\"n" + number + "\"}}";
    }

    /// One after the other, and then nothing more.
    static List<Step> steps(int count, Duration pause) {
        var steps = new ArrayList<Step>();
        for (var i = 0; i < count; i++) {
            steps.add(step(i));
            steps.add(Step.pause(pause));
        }
        steps.add(Step.hang());
        return steps;
    }

    static List<String> first(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    /// Those among the events, in their order.
    static List<String> among(List<McpClient.Event> events) {
        return events.stream()
                .filter(event -> event.data().contains("\"data\":\"n"))
                .map(event -> event.data().replaceAll(".*\"data\":\"(n\\d+)\".*", "$1"))
                .toList();
    }
}
