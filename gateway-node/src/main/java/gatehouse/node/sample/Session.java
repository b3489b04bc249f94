package gatehouse.node.sample;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What a legacy client said about itself, and what it has been asked.
///
/// @param canBeAsked whether there is a person to put a question to
record Session(String id, boolean canBeAsked, Map<String, CompletableFuture<JsonNode>> open, AtomicLong asked) {
    private static final int MOST = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// A question on its way: the id it is asked under, and the answer, which is an empty object if none comes.
    record Question(String id, CompletableFuture<JsonNode> answer) {}

    static Session begin(boolean canBeAsked) {
        return new Session(UUID.randomUUID().toString(), canBeAsked, new ConcurrentHashMap<>(), new AtomicLong());
    }

    /// Empty if too many are open.
    Optional<Question> ask() {
        if (open.size() >= MOST) {
            return Optional.empty();
        }
        var id = "question-" + asked.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>()
                .completeOnTimeout(Json.object(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        open.put(id, answer);
        var _ = answer.whenComplete((given, failure) -> open.remove(id));
        return Optional.of(new Question(id, answer));
    }

    /// An answer to nothing is left alone.
    void hear(Message message) {
        Optional.ofNullable(open.get(message.id().asText()))
                .ifPresent(question -> question.complete(message.json().path("result")));
    }
}
