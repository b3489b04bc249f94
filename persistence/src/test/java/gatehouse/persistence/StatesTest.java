package gatehouse.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.catalogue.RouteId;
import gatehouse.persistence.database.Database;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.lifecycle.Leg;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.state.DurableStateStoreRegistry;
import org.apache.pekko.persistence.state.javadsl.DurableStateUpdateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatesTest {

    @ParameterizedTest
    @EnumSource
    void a_state_outlives_the_system_that_wrote_it(TestStore store) {
        var settings = store.fresh();
        try (var node = new Node(settings)) {
            Await.result(node.write("a", "first"));
            Await.result(node.write("a", "second"));
        }

        try (var node = new Node(settings)) {
            assertThat(Await.result(node.read("a")).all()).containsExactly("first", "second");
            Await.result(node.write("a", "third"));
        }

        try (var node = new Node(settings)) {
            assertThat(Await.result(node.read("a")))
                    .isEqualTo(new Notebook.Notes(List.of("first", "second", "third"), Instant.EPOCH));
        }
    }

    /// For when nobody can ask the session itself.
    @ParameterizedTest
    @EnumSource
    void a_session_is_read_as_it_was_written_last(TestStore store) {
        try (var node = new Node(store.fresh())) {
            var rows = Storage.rows(node.system);
            var opening = new Session.Opening("2025-11-25", "{\"a\":1}", "own", new Leg("leg", "2025-11-25"));
            var session =
                    Session.opened(Principal.ANONYMOUS, new RouteId("tools"), opening, Instant.EPOCH.plusMillis(1));
            Await.result(node.states().upsertObject("session|a", 1, session, "t"));
            Await.result(node.states().upsertObject("session|ended", 1, session, "t"));
            Await.result(node.states().upsertObject("session|ended", 2, Session.ABSENT, "t"));

            assertThat(Await.result(rows.find(new SessionKey("a")))).contains(session);
            assertThat(Await.result(rows.find(new SessionKey("ended")))).isEmpty();
            assertThat(Await.result(rows.find(new SessionKey("never")))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_forgotten_session_leaves_no_row_and_harms_no_other(TestStore store) {
        try (var node = new Node(store.fresh())) {
            Await.result(node.write("a", "first"));
            Await.result(node.write("b", "other"));
            var directory = node.storage.directory();
            assertThat(Await.result(directory.count("tenant-1"))).isEqualTo(2);

            Await.result(directory.forget(new SessionKey("a")));

            assertThat(Await.result(directory.count("tenant-1"))).isEqualTo(1);
            assertThat(Await.result(node.states().getObject("session|a")).value())
                    .isEmpty();
        }
    }

    /// Pekko asks with the revision that would be next.
    @ParameterizedTest
    @EnumSource
    void a_deleted_state_leaves_no_row(TestStore store) {
        try (var node = new Node(store.fresh())) {
            Await.result(node.states().upsertObject("session|a", 1, Notebook.Notes.NONE, "tenant-1"));

            Await.result(node.states().deleteObject("session|a", 2));

            assertThat(Await.result(node.storage.directory().count("tenant-1"))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_directory_counts_by_principal_and_finds_the_oldest_first(TestStore store) {
        try (var node = new Node(store.fresh())) {
            Await.result(node.write("old", "x"));
            var between = eventually(Instant.now());
            Await.result(node.write("young", "x"));
            Await.result(node.states().upsertObject("steward|u", 1, Notebook.Notes.NONE, "tenant-1"));
            var directory = node.storage.directory();

            assertThat(Await.result(directory.count("tenant-1"))).isEqualTo(2);
            assertThat(Await.result(directory.count("tenant-2"))).isZero();
            assertThat(Await.result(directory.expired(between, 9))).containsExactly(new SessionKey("old"));
            assertThat(Await.result(directory.expired(Instant.now().plusSeconds(9), 9)))
                    .containsExactly(new SessionKey("old"), new SessionKey("young"));
            assertThat(Await.result(directory.expired(Instant.now().plusSeconds(9), 1)))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_second_writer_is_fenced_off_by_the_revision(TestStore store) {
        try (var node = new Node(store.fresh())) {
            var states = node.states();
            Await.result(states.upsertObject("session|a", 1, new Notebook.Notes(List.of("mine"), Instant.EPOCH), "t"));

            var other = new Notebook.Notes(List.of("theirs"), Instant.EPOCH);
            assertThat(Await.failure(states.upsertObject("session|a", 1, other, "t")))
                    .isNotNull();
            assertThat(Await.failure(states.upsertObject("session|a", 3, other, "t")))
                    .isNotNull();
            assertThat(Await.failure(states.deleteObject("session|a", 5))).isNotNull();

            assertThat(Await.result(states.getObject("session|a")).value().orElseThrow())
                    .isEqualTo(new Notebook.Notes(List.of("mine"), Instant.EPOCH));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_row_that_cannot_be_read_is_a_failure_and_no_new_session(TestStore store) throws Exception {
        var settings = store.fresh();
        try (var node = new Node(settings);
                var database = Database.open(settings.database())) {
            Await.result(node.write("a", "first"));
            database.run(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.executeUpdate("update durable_state set state_serial_manifest = 'gatehouse.Gone'");
                }
            });

            assertThat(Await.failure(node.states().getObject("session|a")))
                    .hasMessageContaining("the state of session|… cannot be read by this build");
        }
    }

    @Test
    void an_actor_whose_store_was_away_recovers_by_itself() {
        try (var cable = new Cable(TestStore.postgresPort());
                var node = new Node(TestStore.settings(
                        TestStore.POSTGRESQL.url().replaceFirst(":\\d+/", ":" + cable.port() + "/"),
                        Map.of("connection-timeout", "500 ms")))) {
            Await.result(node.write("a", "first"));

            cable.cut();
            assertThat(Await.failure(node.write("a", "lost", Duration.ofSeconds(1))))
                    .isNotNull();
            cable.mend();

            assertThat(node.persistently(() -> node.read("a")).all()).containsExactly("first");
            Await.result(node.write("a", "second"));
            assertThat(Await.result(node.read("a")).all()).containsExactly("first", "second");
        }
    }

    /// An instant that lies in the past by the time it is returned.
    private static Instant eventually(Instant instant) {
        while (!Instant.now().isAfter(instant.plusMillis(2))) {
            Thread.onSpinWait();
        }
        return instant.plusMillis(1);
    }

    /// One node's storage and actor system, with notebooks that are started when first named.
    private static final class Node implements AutoCloseable {
        private final Storage storage;
        private final ActorSystem<Void> system;
        private final Map<String, ActorRef<Notebook.Command>> notebooks = new HashMap<>();

        Node(StorageSettings settings) {
            storage = Storage.open(settings);
            var config = ConfigFactory.parseString("pekko.actor.provider = local, pekko.loglevel = OFF")
                    .withFallback(TestStore.defaults());
            system = ActorSystem.create(Behaviors.empty(), "node", storage.setup(config));
        }

        CompletionStage<Done> write(String name, String note) {
            return write(name, note, Duration.ofSeconds(15));
        }

        CompletionStage<Done> write(String name, String note, Duration timeout) {
            return AskPattern.ask(
                    notebook(name), replyTo -> new Notebook.Write(note, replyTo), timeout, system.scheduler());
        }

        CompletionStage<Notebook.Notes> read(String name) {
            return AskPattern.ask(notebook(name), Notebook.Read::new, Duration.ofSeconds(3), system.scheduler());
        }

        <T> T persistently(Supplier<CompletionStage<T>> question) {
            for (var attempt = 1; ; attempt++) {
                try {
                    return Await.result(question.get());
                } catch (CompletionException failure) {
                    assertThat(attempt).isLessThan(10);
                }
            }
        }

        @SuppressWarnings("unchecked")
        DurableStateUpdateStore<Object> states() {
            return DurableStateStoreRegistry.get(system)
                    .getDurableStateStoreFor(DurableStateUpdateStore.class, "gatehouse.states");
        }

        private ActorRef<Notebook.Command> notebook(String name) {
            return notebooks.computeIfAbsent(
                    name, n -> system.systemActorOf(Notebook.create(n, "tenant-1"), n, Props.empty()));
        }

        @Override
        public void close() {
            system.terminate();
            Await.result(system.getWhenTerminated());
            storage.close();
        }
    }
}
