package gatehouse.persistence.outbox;

import static gatehouse.persistence.Streams.closed;
import static gatehouse.persistence.Streams.message;
import static gatehouse.persistence.Streams.opened;
import static gatehouse.persistence.Streams.stream;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.persistence.Await;
import gatehouse.persistence.TestStore;
import gatehouse.persistence.database.Database;
import gatehouse.persistence.database.Queries;
import gatehouse.persistence.schema.Migrator;
import gatehouse.session.lifecycle.Entry;
import gatehouse.session.lifecycle.StoreShareFull;
import gatehouse.session.lifecycle.StreamKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Retention is 15 minutes for what is closed or followed by more, 2 hours for what is open; time is ours.
class PurgeTest {

    private static final StreamKey STREAM = stream("session-a", "stream-1");
    private static final Map<String, Object> SLICES_OF_TWO = Map.of(
            "outbox.purge-slice",
            2,
            "outbox.purge-interval",
            "1 hour",
            "outbox.open-retention",
            "2 hours",
            "outbox.of-agent",
            "64 KiB");

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @EnumSource
    void a_closed_stream_goes_whole_when_its_retention_is_over(TestStore store) throws Exception {
        try (var rig = new Rig(store)) {
            Await.result(rig.outbox.append(STREAM, List.of(opened(), message(1))));
            after(Duration.ofMinutes(10));
            Await.result(rig.outbox.append(STREAM, List.of(message(2), closed(3))));

            after(Duration.ofMinutes(14));
            rig.purgeAll();
            assertThat(Await.result(rig.outbox.read(STREAM, -1, 9))).containsExactly(opened(), message(2), closed(3));

            after(Duration.ofMinutes(2));
            rig.purgeAll();
            assertThat(Await.result(rig.outbox.extent(STREAM)).exists()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_open_stream_that_was_signed_last_keeps_that_number(TestStore store) throws Exception {
        try (var rig = new Rig(store)) {
            var signed = new Entry(2, Entry.Kind.SIGNED, ByteString.fromString("a"), "leg 7");
            Await.result(rig.outbox.append(STREAM, List.of(opened(), message(1), signed)));

            after(Duration.ofMinutes(119));
            rig.purgeAll();

            assertThat(Await.result(rig.outbox.extent(STREAM)).last()).isEqualTo(2);
            assertThat(Await.result(rig.outbox.extent(STREAM)).source()).isEqualTo("leg 7");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_open_stream_keeps_its_opening_and_its_newest_entry_while_it_is_silent(TestStore store) throws Exception {
        try (var rig = new Rig(store)) {
            Await.result(rig.outbox.append(STREAM, List.of(opened(), message(1), message(2))));

            after(Duration.ofMinutes(119));
            rig.purgeAll();
            assertThat(Await.result(rig.outbox.read(STREAM, -1, 9))).containsExactly(opened(), message(2));
            assertThat(Await.result(rig.outbox.extent(STREAM)).last()).isEqualTo(2);

            after(Duration.ofMinutes(2));
            rig.purgeAll();
            assertThat(Await.result(rig.outbox.extent(STREAM)).exists()).isFalse();
        }
    }

    /// What an attacker writes to keep the store full goes in its time, and with it what is counted.
    @ParameterizedTest
    @EnumSource
    void an_agent_finds_room_again_when_its_streams_have_expired(TestStore store) throws Exception {
        try (var rig = new Rig(store)) {
            var much = "x".repeat(40_000);
            Await.result(rig.outbox.append(stream("eve.1", "a"), List.of(message(0, much))));

            after(Duration.ofMinutes(10));
            assertThat(Await.failure(rig.outbox.append(stream("eve.2", "b"), List.of(message(0, much)))))
                    .isInstanceOf(StoreShareFull.class);
            after(Duration.ofMinutes(7));

            Await.result(rig.outbox.append(stream("eve.2", "b"), List.of(message(0, much))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_young_stays(TestStore store) throws Exception {
        try (var rig = new Rig(store)) {
            Await.result(rig.outbox.append(STREAM, List.of(opened(), message(1), message(2), closed(3))));

            after(Duration.ofMinutes(14));

            assertThat(rig.purge.slice()).isZero();
            assertThat(Await.result(rig.outbox.read(STREAM, -1, 9))).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_look_deletes_no_more_than_a_slice(TestStore store) throws Exception {
        try (var rig = new Rig(store)) {
            Await.result(rig.outbox.append(STREAM, List.of(message(0), message(1), message(2), message(3), closed(4))));

            after(Duration.ofMinutes(16));

            assertThat(rig.purge.slice()).isEqualTo(2);
        }
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private final class Rig implements AutoCloseable {
        final Database database;
        final Queries queries;
        final SqlOutbox outbox;
        final Purge purge;

        Rig(TestStore store) throws SQLException {
            var settings = store.fresh(SLICES_OF_TWO);
            database = Database.open(settings.database());
            new Migrator(database).migrate();
            queries = new Queries(database, 2, 100);
            outbox = SqlOutbox.start(database, queries, 1, settings.outbox(), () -> now);
            purge = new Purge(database, settings.outbox().keep(), () -> now);
        }

        void purgeAll() throws SQLException {
            for (var gone = purge.slice(); gone > 0; gone = purge.slice()) {
                assertThat(gone).isLessThanOrEqualTo(2);
            }
        }

        @Override
        public void close() {
            purge.close();
            outbox.close();
            queries.close();
            database.close();
        }
    }
}
