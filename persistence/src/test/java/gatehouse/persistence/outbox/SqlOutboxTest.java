package gatehouse.persistence.outbox;

import static gatehouse.persistence.Streams.closed;
import static gatehouse.persistence.Streams.message;
import static gatehouse.persistence.Streams.messages;
import static gatehouse.persistence.Streams.opened;
import static gatehouse.persistence.Streams.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.persistence.Await;
import gatehouse.persistence.Storage;
import gatehouse.persistence.TestStore;
import gatehouse.session.lifecycle.Entry;
import gatehouse.session.lifecycle.Outbox;
import gatehouse.session.lifecycle.StoreBusy;
import gatehouse.session.lifecycle.StoreOutOfReach;
import gatehouse.session.lifecycle.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlOutboxTest {

    private static final StreamKey STREAM = stream("session-a", "stream-1");

    @ParameterizedTest
    @EnumSource
    void what_was_appended_is_read_in_order_after_a_restart(TestStore store) {
        var settings = store.fresh();
        try (var storage = Storage.open(settings)) {
            Await.result(storage.outbox().append(STREAM, List.of(opened(), message(1))));
            Await.result(storage.outbox().append(STREAM, List.of(message(2), closed(3))));
        }

        try (var storage = Storage.open(settings)) {
            assertThat(Await.result(storage.outbox().read(STREAM, -1, 100)))
                    .containsExactly(opened(), message(1), message(2), closed(3));
            assertThat(Await.result(storage.outbox().read(STREAM, 0, 2))).containsExactly(message(1), message(2));
            assertThat(Await.result(storage.outbox().read(STREAM, 3, 2))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_extent_tells_where_a_stream_stands(TestStore store) {
        try (var storage = Storage.open(store.fresh())) {
            var outbox = storage.outbox();
            assertThat(extent(outbox)).isEqualTo(Outbox.Extent.NONE);
            assertThat(extent(outbox).exists()).isFalse();

            Await.result(outbox.append(STREAM, List.of(opened())));
            assertThat(extent(outbox)).isEqualTo(new Outbox.Extent(0, 0, false, opened().data(), ""));

            Await.result(outbox.append(STREAM, messages(1, 5)));
            assertThat(extent(outbox)).isEqualTo(new Outbox.Extent(0, 5, false, opened().data(), ""));

            Await.result(outbox.trim(STREAM, 3));
            assertThat(extent(outbox)).isEqualTo(new Outbox.Extent(4, 5, false, opened().data(), ""));

            Await.result(outbox.append(STREAM, List.of(closed(6))));
            assertThat(extent(outbox)).isEqualTo(new Outbox.Extent(4, 6, true, opened().data(), ""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_signatures_at_one_number_are_not_one_and_where_the_upstream_was_is_kept(TestStore store) {
        try (var storage = Storage.open(store.fresh())) {
            var outbox = storage.outbox();
            var mine = new Entry(1, Entry.Kind.SIGNED, ByteString.fromString("mine"), "leg 41");
            var theirs = new Entry(1, Entry.Kind.SIGNED, ByteString.fromString("theirs"), "leg 41");

            Await.result(outbox.append(STREAM, List.of(opened(), mine)));

            assertThat(Await.failure(outbox.append(STREAM, List.of(theirs)))).isInstanceOf(Outbox.StaleWriter.class);
            Await.result(outbox.append(STREAM, List.of(mine)));
            assertThat(Await.result(outbox.read(STREAM, 0, 9))).containsExactly(mine);
            assertThat(extent(outbox).source()).isEqualTo("leg 41");
        }
    }

    @ParameterizedTest
    @EnumSource
    void only_the_stale_writer_of_a_batch_fails(TestStore store) {
        try (var storage = Storage.open(store.fresh(Map.of("connections.outbox", 1)))) {
            var outbox = storage.outbox();
            var streams =
                    IntStream.range(0, 40).mapToObj(i -> stream("s" + i, "x")).toList();
            var stale = List.of(streams.get(7), streams.get(8), streams.get(31));
            stale.forEach(stream -> Await.result(outbox.append(stream, List.of(message(0, "theirs")))));

            var appends =
                    streams.stream().map(s -> outbox.append(s, messages(0, 2))).toList();

            for (var i = 0; i < streams.size(); i++) {
                if (stale.contains(streams.get(i))) {
                    assertThat(Await.failure(appends.get(i))).isInstanceOf(Outbox.StaleWriter.class);
                    assertThat(Await.result(outbox.read(streams.get(i), -1, 9))).containsExactly(message(0, "theirs"));
                } else {
                    Await.result(appends.get(i));
                    assertThat(Await.result(outbox.read(streams.get(i), -1, 9))).isEqualTo(messages(0, 2));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_append_the_store_cannot_take_fails_alone(TestStore store) {
        try (var storage = Storage.open(store.fresh(Map.of("connections.outbox", 1)))) {
            var good =
                    IntStream.range(0, 20).mapToObj(i -> stream("s" + i, "x")).toList();

            var poison = storage.outbox().append(stream("s", "x".repeat(300)), messages(0, 1));
            var appends = good.stream()
                    .map(s -> storage.outbox().append(s, messages(0, 2)))
                    .toList();

            assertThat(Await.failure(poison)).isInstanceOf(StoreOutOfReach.class);
            appends.forEach(Await::result);
        }
    }

    @ParameterizedTest
    @EnumSource
    void repeating_an_append_whose_fate_was_unsure_is_no_offence(TestStore store) {
        try (var storage = Storage.open(store.fresh())) {
            Await.result(storage.outbox().append(STREAM, messages(0, 2)));

            Await.result(storage.outbox().append(STREAM, messages(0, 2)));

            assertThat(Await.failure(storage.outbox().append(STREAM, messages(1, 3))))
                    .isInstanceOf(Outbox.StaleWriter.class);
            assertThat(Await.result(storage.outbox().read(STREAM, -1, 9))).isEqualTo(messages(0, 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void appends_to_one_stream_that_do_not_wait_for_each_other_keep_their_order(TestStore store) {
        try (var storage = Storage.open(store.fresh())) {
            var appends = new ArrayList<CompletionStage<Done>>();
            for (var i = 0; i < 200; i++) {
                appends.add(storage.outbox().append(STREAM, List.of(message(i))));
            }

            appends.forEach(Await::result);

            assertThat(Await.result(storage.outbox().read(STREAM, -1, 1000))).isEqualTo(messages(0, 199));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_dropped_session_leaves_nothing_and_harms_no_other(TestStore store) {
        try (var storage = Storage.open(store.fresh())) {
            var outbox = storage.outbox();
            var sibling = stream("session-a", "stream-2");
            var other = stream("session-b", "stream-1");
            List.of(STREAM, sibling, other).forEach(s -> Await.result(outbox.append(s, List.of(opened(), message(1)))));

            Await.result(outbox.drop(STREAM.session()));

            assertThat(extent(outbox).exists()).isFalse();
            assertThat(Await.result(outbox.read(sibling, -1, 9))).isEmpty();
            assertThat(Await.result(outbox.read(other, -1, 9))).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_message_of_several_mebibytes_comes_back_as_it_was(TestStore store) {
        try (var storage = Storage.open(store.fresh())) {
            var large = new Entry(0, Entry.Kind.MESSAGE, ByteString.fromArray(new byte[5 * 1024 * 1024]));

            Await.result(storage.outbox().append(STREAM, List.of(large)));

            assertThat(Await.result(storage.outbox().read(STREAM, -1, 1))).containsExactly(large);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_page_of_large_messages_is_shorter_but_never_empty(TestStore store) {
        try (var storage = Storage.open(store.fresh())) {
            var quarter = "x".repeat(256 * 1024); // of what ends a page
            for (var i = 0; i < 10; i++) {
                Await.result(storage.outbox().append(STREAM, List.of(message(i, i < 5 ? quarter : "small"))));
            }

            assertThat(Await.result(storage.outbox().read(STREAM, -1, 64))).hasSize(4);
            assertThat(Await.result(storage.outbox().read(STREAM, 3, 64))).hasSize(6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_that_outgrows_its_bound_loses_its_oldest_entries_but_not_its_opening(TestStore store) {
        var settings = store.fresh(Map.of("outbox.stream.entries", 20, "outbox.stream.bytes", "1 MiB"));
        try (var storage = Storage.open(settings)) {
            Await.result(storage.outbox().append(STREAM, List.of(opened())));
            for (var i = 1; i <= 100; i++) {
                Await.result(storage.outbox().append(STREAM, List.of(message(i))));
            }

            var extent = extent(storage.outbox());
            assertThat(extent.first()).isBetween(75L, 81L);
            assertThat(extent.last()).isEqualTo(100);
            assertThat(extent.request()).isEqualTo(opened().data());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_is_bound_in_bytes_too(TestStore store) {
        var settings = store.fresh(Map.of("outbox.stream.entries", 1000, "outbox.stream.bytes", "10 KiB"));
        try (var storage = Storage.open(settings)) {
            for (var i = 0; i < 40; i++) {
                Await.result(storage.outbox().append(STREAM, List.of(message(i, "x".repeat(1024)))));
            }

            assertThat(extent(storage.outbox()).first()).isBetween(27L, 31L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void beyond_the_queue_an_append_fails_at_once_and_the_rest_is_still_written(TestStore store) {
        var settings = store.fresh(Map.of("connections.outbox", 1, "outbox.queue.entries", 10));
        try (var storage = Storage.open(settings)) {
            var streams =
                    IntStream.range(0, 2000).mapToObj(i -> stream("s" + i, "x")).toList();

            var appends = streams.stream()
                    .map(s -> storage.outbox().append(s, messages(0, 4)).toCompletableFuture())
                    .toList();

            var refused = 0;
            for (var append : appends) {
                if (append.isCompletedExceptionally()) {
                    assertThat(Await.failure(append)).isInstanceOf(StoreBusy.class);
                    refused++;
                } else {
                    Await.result(append);
                }
            }
            assertThat(refused).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_gap_in_the_numbers_is_a_bug_of_the_caller(TestStore store) {
        try (var storage = Storage.open(store.fresh())) {
            assertThatThrownBy(() -> storage.outbox().append(STREAM, List.of(message(1), message(3))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("entry 3 leaves a gap");
        }
    }

    private static Outbox.Extent extent(Outbox outbox) {
        return Await.result(outbox.extent(STREAM));
    }
}
