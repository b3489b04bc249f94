package gatehouse.persistence.outbox;

import static gatehouse.persistence.Streams.closed;
import static gatehouse.persistence.Streams.message;
import static gatehouse.persistence.Streams.opened;
import static gatehouse.persistence.Streams.stream;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.persistence.Await;
import gatehouse.persistence.Storage;
import gatehouse.persistence.TestStore;
import gatehouse.session.lifecycle.Outbox;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.StoreShareFull;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Eve wants to fill the store with streams, each of them small enough.
class StoreShareTest {

    private static final String MUCH = "x".repeat(10_000);

    private static Storage small() {
        return Storage.open(TestStore.H2_MEMORY.fresh(Map.of("outbox.of-agent", "64 KiB")));
    }

    /// How many streams she gets.
    private static int flood(Outbox outbox) {
        var streams = 0;
        while (streams < 1000) {
            var next = outbox.append(
                    stream("eve." + streams % 3, "flood-" + streams), List.of(opened(), message(1, MUCH)));
            if (!next.toCompletableFuture()
                    .handle((done, failure) -> failure == null)
                    .join()) {
                assertThat(Await.failure(next)).isInstanceOf(StoreShareFull.class);
                return streams;
            }
            streams++;
        }
        return streams;
    }

    @Test
    void one_agent_holds_no_more_than_its_share_and_others_do_not_notice() {
        try (var storage = small()) {
            assertThat(flood(storage.outbox())).isEqualTo(6);

            for (var i = 0; i < 6; i++) {
                Await.result(storage.outbox()
                        .append(stream("bob.1", "s" + i), List.of(opened(), message(1, MUCH), closed(2))));
            }
        }
    }

    @Test
    void a_stream_that_has_no_room_for_more_can_still_be_ended_with_a_word_why() {
        try (var storage = small()) {
            flood(storage.outbox());

            assertThat(Await.failure(
                            storage.outbox().append(stream("eve.0", "flood-0"), List.of(message(2, MUCH), closed(3)))))
                    .isInstanceOf(StoreShareFull.class);
            Await.result(storage.outbox().append(stream("eve.0", "flood-0"), List.of(message(2, "why"), closed(3))));
        }
    }

    @Test
    void room_comes_back_with_the_end_of_a_session_and_with_what_is_trimmed() {
        try (var storage = small()) {
            assertThat(flood(storage.outbox())).isEqualTo(6);

            Await.result(storage.outbox().drop(new SessionKey("eve.1")));
            assertThat(flood(storage.outbox())).isEqualTo(2);

            Await.result(storage.outbox().trim(stream("eve.2", "flood-2"), 1));
            assertThat(flood(storage.outbox())).isEqualTo(1);
        }
    }

    /// What goes once is given back once, or trimming would make room for more than there is.
    @Test
    void what_is_trimmed_twice_at_once_is_given_back_once() {
        try (var storage = small()) {
            for (var i = 1; i <= 6; i++) {
                Await.result(storage.outbox().append(stream("eve.0", "flood-0"), List.of(message(i, MUCH))));
            }

            var trims = IntStream.range(0, 20)
                    .mapToObj(i -> storage.outbox()
                            .trim(stream("eve.0", "flood-0"), 1 + i % 2)
                            .toCompletableFuture())
                    .toList();
            trims.forEach(Await::result);

            assertThat(flood(storage.outbox())).isEqualTo(2);
        }
    }

    /// Otherwise a stream that goes on for long would be ended, however little of it is kept.
    @Test
    void a_stream_that_is_cut_as_it_grows_goes_on() {
        try (var storage = Storage.open(
                TestStore.H2_MEMORY.fresh(Map.of("outbox.of-agent", "64 KiB", "outbox.stream.bytes", "20 KiB")))) {
            for (var i = 0; i < 40; i++) {
                Await.result(storage.outbox().append(stream("bob.1", "long"), List.of(message(i, "x".repeat(5000)))));
            }
        }
    }
}
