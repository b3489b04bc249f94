package gatehouse.session.upstream.sse;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.UpstreamSettings;
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
        var inbox = new Inbox(new UpstreamSettings.Unread(100, 2500));

        List.of("one", "two", "three").forEach(name -> inbox.push(event(name, 1000)));
        inbox.end();

        assertThat(read(inbox, 9)).containsExactly("two", "three");
    }

    @Test
    void what_is_larger_than_all_that_may_lie_here_lies_alone() {
        var inbox = new Inbox(new UpstreamSettings.Unread(100, 2500));

        inbox.push(event("small", 10));
        inbox.push(event("huge", 5000));
        assertThat(read(inbox, 1)).containsExactly("huge");
        inbox.push(event("next", 2000));
        inbox.end();

        assertThat(read(inbox, 9)).containsExactly("next");
    }

    @Test
    void there_is_no_room_for_large_messages_until_others_are_read() {
        var inbox = new Inbox(new UpstreamSettings.Unread(100, 2500));

        assertThat(inbox.offer(event("one", 2000))).isTrue();
        assertThat(inbox.offer(event("two", 2000))).isFalse();
        assertThat(read(inbox, 1)).containsExactly("one");

        assertThat(inbox.offer(event("three", 2000))).isTrue();
        inbox.finish(event("last", 9000));
        assertThat(read(inbox, 9)).containsExactly("three", "last");
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
