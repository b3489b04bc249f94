package gatehouse.session.upstream.sse;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Upstreaming;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// How much may lie unread.
class InboxTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void few_large_messages_push_the_oldest_out_as_many_small_ones_do() {
        var inbox = new Inbox(100, 2500);

        List.of("one", "two", "three").forEach(name -> inbox.push(event(name, 1000)));
        inbox.end();

        assertThat(read(inbox, 9)).containsExactly("two", "three");
    }

    @Test
    void what_is_larger_than_all_that_may_lie_here_lies_alone() {
        var inbox = new Inbox(100, 2500);

        inbox.push(event("small", 10));
        inbox.push(event("huge", 5000));
        assertThat(read(inbox, 1)).containsExactly("huge");
        inbox.push(event("next", 2000));
        inbox.end();

        assertThat(read(inbox, 9)).containsExactly("next");
    }

    @Test
    void the_writer_of_large_messages_waits_until_they_are_read() {
        var inbox = new Inbox(100, 2500);

        assertThat(inbox.put(event("one", 2000)).toCompletableFuture()).isDone();
        var second = inbox.put(event("two", 2000)).toCompletableFuture();
        assertThat(second).isNotDone();
        assertThat(read(inbox, 1)).containsExactly("one");

        assertThat(second).succeedsWithin(5, TimeUnit.SECONDS);
    }

    private static List<String> read(Inbox inbox, int most) {
        return inbox
                .read(() -> {})
                .take(most)
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join()
                .stream()
                .map(event -> event.message().getFirst().method())
                .toList();
    }

    private static Event event(String method, int size) {
        return new Event("", -1, List.of(Message.notification(method, "{\"x\":\"" + "x".repeat(size) + "\"}")));
    }
}
