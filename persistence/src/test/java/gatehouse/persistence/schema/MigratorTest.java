package gatehouse.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.persistence.TestStore;
import gatehouse.persistence.database.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigratorTest {

    private static final int NEWEST = 4;
    private static final Migration LATER = new Migration(
            99, "V099__test", "-- a comment\ncreate table more (id integer);\ninsert into more values (1);\n");

    @ParameterizedTest
    @EnumSource
    void migrating_twice_changes_nothing(TestStore store) throws SQLException {
        try (var database = Database.open(store.fresh().database())) {
            new Migrator(database).migrate();
            new Migrator(database).migrate();

            assertThat(count(database, "schema_version")).isEqualTo(NEWEST);
            assertThat(count(database, "outbox")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_later_migration_is_added_to_an_older_store(TestStore store) throws SQLException {
        try (var database = Database.open(store.fresh().database())) {
            new Migrator(database).migrate();
            with(database, LATER).migrate();

            assertThat(count(database, "more")).isEqualTo(1);
            assertThat(count(database, "schema_version")).isEqualTo(NEWEST + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_of_a_newer_build_is_refused_with_what_to_do(TestStore store) throws SQLException {
        try (var database = Database.open(store.fresh().database())) {
            with(database, LATER).migrate();

            assertThatThrownBy(() -> new Migrator(database).migrate())
                    .isInstanceOf(UnusableStore.class)
                    .hasMessageContaining("schema 99, this build knows up to " + NEWEST + "")
                    .hasMessageContaining("Start the build that wrote it");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_migration_that_was_edited_is_refused(TestStore store) throws SQLException {
        try (var database = Database.open(store.fresh().database())) {
            with(database, LATER).migrate();
            var edited = new Migration(99, "V099__test", "create table other (id integer);");

            assertThatThrownBy(() -> with(database, edited).migrate())
                    .isInstanceOf(UnusableStore.class)
                    .hasMessageContaining("another V099__test");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nodes_that_start_together_do_not_collide(TestStore store) throws Exception {
        try (var database = Database.open(store.fresh().database());
                var nodes = Executors.newFixedThreadPool(4)) {
            var migrations = new ArrayList<Future<?>>();
            for (var i = 0; i < 4; i++) {
                migrations.add(nodes.submit(() -> {
                    new Migrator(database).migrate();
                    return true;
                }));
            }
            for (var migration : migrations) {
                migration.get();
            }

            assertThat(count(database, "schema_version")).isEqualTo(NEWEST);
        }
    }

    private static Migrator with(Database database, Migration second) {
        var all = new ArrayList<>(Migration.all(database.engine()));
        all.add(second);
        return new Migrator(database, List.copyOf(all));
    }

    private static int count(Database database, String table) throws SQLException {
        return database.run(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*) from " + table)) {
                row.next();
                return row.getInt(1);
            }
        });
    }
}
