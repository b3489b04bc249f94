package gatehouse.session.upstream.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.UpstreamSettings;
import gatehouse.session.upstream.Upstreaming;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A call whose client reads late, or never.
class SseCallTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    private final SseCall call =
            new SseCall(Message.request(new Id.Number(1), "tools/call", "{}"), new UpstreamSettings.Unread(2, 1024));

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void a_question_that_finds_no_room_ends_it_with_a_reason() {
        call.beside(event(Message.notification("one", "{}")));
        call.beside(event(Message.notification("two", "{}")));
        call.beside(event(Message.request(new Id.Number(7), "elicitation/create", "{}")));

        assertThatThrownBy(this::read)
                .cause()
                .isInstanceOf(Broken.class)
                .hasMessageContaining("read too slowly to put a question");
        assertThat(call.over().toCompletableFuture()).isDone();
    }

    @Test
    void a_notification_that_finds_no_room_is_missed_and_the_answer_is_not() {
        call.beside(event(Message.notification("one", "{}")));
        call.beside(event(Message.notification("two", "{}")));
        call.beside(event(Message.notification("three", "{}")));
        call.answer(event(Message.result(new Id.Number(1), "{}")));

        assertThat(read())
                .extracting(event -> event.message().getFirst().method())
                .containsExactly("one", "two", "");
    }

    private List<Event> read() {
        return ((Reply.Streamed) call.reply().join())
                .events()
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    private static Event event(Message message) {
        return new Event("", -1, List.of(message));
    }
}
