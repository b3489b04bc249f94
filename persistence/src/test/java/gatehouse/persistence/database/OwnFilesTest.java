package gatehouse.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.persistence.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody with another account on the machine looks for what clients said.
class OwnFilesTest {

    @TempDir
    Path directory;

    private void write(String url) throws SQLException {
        try (var database = Database.open(TestStore.settings(url, Map.of()).database())) {
            database.run(
                    connection -> connection.createStatement().execute("create table if not exists said (what int)"));
        }
    }

    private String open(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:file:%s", "jdbc:h2:%s;MODE=STRICT"})
    void nobody_else_reads_what_the_store_holds(String url) throws Exception {
        write(url.formatted(directory.resolve("new/place/store")));

        assertThat(open("new/place/store.mv.db")).isEqualTo("rw-------");
        assertThat(open("new/place")).isEqualTo("rwx------");
        assertThat(open("new")).isEqualTo("rwx------");
    }

    @Test
    void what_an_earlier_version_left_open_is_closed_and_goes_on() throws Exception {
        var url = "jdbc:h2:file:" + directory.resolve("store");
        write(url);
        Files.setPosixFilePermissions(directory.resolve("store.mv.db"), PosixFilePermissions.fromString("rw-r--r--"));
        var before = open("");

        write(url);

        assertThat(open("store.mv.db")).isEqualTo("rw-------");
        assertThat(open("")).isEqualTo(before);
    }

    @Test
    void a_database_elsewhere_leaves_no_file() throws Exception {
        OwnFiles.keep("jdbc:h2:mem:" + directory.resolve("a"));
        OwnFiles.keep("jdbc:h2:tcp://localhost" + directory.resolve("b"));
        OwnFiles.keep("jdbc:postgresql://localhost/" + directory.resolve("c"));

        assertThat(directory).isEmptyDirectory();
    }
}
