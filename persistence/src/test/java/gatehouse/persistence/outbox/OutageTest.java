package gatehouse.persistence.outbox;

import static gatehouse.persistence.Streams.message;
import static gatehouse.persistence.Streams.stream;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.persistence.Await;
import gatehouse.persistence.Cable;
import gatehouse.persistence.Storage;
import gatehouse.persistence.TestStore;
import gatehouse.session.lifecycle.StoreOutOfReach;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class OutageTest {

    private static final Map<String, Object> IMPATIENT = Map.of("connection-timeout", "500 ms");

    @Test
    void without_its_database_appends_fail_in_time_and_succeed_again_after_it_returned() {
        try (var cable = new Cable(TestStore.postgresPort());
                var storage = Storage.open(TestStore.settings(through(cable), IMPATIENT))) {
            var outbox = storage.outbox();
            Await.result(outbox.append(stream("s", "before"), List.of(message(0))));

            cable.cut();
            var start = System.nanoTime();
            var appends = List.of(
                    outbox.append(stream("s", "x"), List.of(message(0))),
                    outbox.append(stream("s", "y"), List.of(message(0))),
                    outbox.append(stream("s", "z"), List.of(message(0))));
            appends.forEach(a -> assertThat(Await.failure(a)).isInstanceOf(StoreOutOfReach.class));
            assertThat(Await.failure(outbox.read(stream("s", "x"), -1, 9))).isInstanceOf(StoreOutOfReach.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));

            cable.mend();
            appendUntilItSucceeds(storage);
            assertThat(Await.result(outbox.read(stream("s", "x"), -1, 9))).containsExactly(message(0));
            assertThat(Await.result(outbox.read(stream("s", "before"), -1, 9))).containsExactly(message(0));
        }
    }

    @Test
    void a_database_that_is_not_there_at_start_is_known_at_once() {
        try (var cable = new Cable(1)) {
            cable.cut();
            var settings = TestStore.settings("jdbc:postgresql://localhost:" + cable.port() + "/x", IMPATIENT);

            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> Storage.open(settings).close()))
                    .isInstanceOf(StoreOutOfReach.class);
        }
    }

    /// The pool may need a few attempts until its dead connections are gone; each attempt is the same append.
    private static void appendUntilItSucceeds(Storage storage) {
        for (var attempt = 1; ; attempt++) {
            try {
                Await.result(storage.outbox().append(stream("s", "x"), List.of(message(0))));
                return;
            } catch (CompletionException failure) {
                assertThat(attempt).as("attempts").isLessThan(20);
            }
        }
    }

    private static String through(Cable cable) {
        var url = TestStore.POSTGRESQL.url();
        return url.replaceFirst(":\\d+/", ":" + cable.port() + "/");
    }
}
