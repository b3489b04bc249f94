package gatehouse.session.crossing.legacy;

import gatehouse.session.crossing.legacy.Inputs.Question;
import gatehouse.session.crossing.legacy.WaitingRoom.Seat;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One round of questions and the client's answers to them, complete or not at all.
record Hearing(WaitingRoom room, List<Question> questions, List<Seat> seats) {

    /// What came of it.
    sealed interface Heard {}

    /// @param responses the value of `inputResponses`
    record Told(String responses) implements Heard {}

    record Untold(Refusal refusal) implements Heard {}

    /// The questions as the client gets them.
    List<Message> requests() {
        return IntStream.range(0, questions.size())
                .mapToObj(i -> Message.request(
                        seats.get(i).id(),
                        questions.get(i).method(),
                        questions.get(i).params()))
                .toList();
    }

    CompletableFuture<Heard> heard(Duration patience) {
        var heard = new CompletableFuture<Heard>();
        var responses = new ConcurrentHashMap<String, String>();
        for (var i = 0; i < questions.size(); i++) {
            var question = questions.get(i);
            var _ = seats.get(i)
                    .answer()
                    .thenAccept(answer -> question.response(answer)
                            .ifPresentOrElse(
                                    response -> {
                                        responses.put(question.key(), response);
                                        if (responses.size() == questions.size()) {
                                            heard.complete(new Told(json(responses)));
                                        }
                                    },
                                    () -> heard.complete(new Untold(Trouble.declined(question.method())))));
        }
        var _ = heard.completeOnTimeout(new Untold(Trouble.unanswered()), patience.toMillis(), TimeUnit.MILLISECONDS);
        var _ = heard.whenComplete((told, failure) -> leave());
        return heard;
    }

    void leave() {
        room.leave(seats);
    }

    private String json(Map<String, String> responses) {
        return questions.stream()
                .map(question -> Json.quote(question.key()) + ":" + responses.get(question.key()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
