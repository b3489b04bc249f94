package gatehouse.persistence.schema;

import gatehouse.persistence.database.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// One step of the schema: a file that is never edited once released, only followed by another.
record Migration(int version, String name, String sql) {

    /// In order, and complete: a file that is not named here does not exist.
    private static final List<String> NAMES =
            List.of("V001__sessions_and_streams", "V002__leases", "V003__agreement", "V004__upstream_positions");

    static List<Migration> all(Engine engine) {
        return NAMES.stream().map(name -> read(engine, name)).toList();
    }

    private static Migration read(Engine engine, String name) {
        var path = "/schema/" + engine.folder() + "/" + name + ".sql";
        try (var file = Migration.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException(path + " is not in this build");
            }
            var sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new Migration(Integer.parseInt(name.substring(1, 4)), name, sql);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    long checksum() {
        var sum = new CRC32();
        sum.update(sql.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    /// Statements end with a semicolon at the end of a line.
    List<String> statements() {
        return Arrays.stream(sql.split(";\\s*(\\n|$)", -1))
                .map(Migration::withoutComments)
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    private static String withoutComments(String statement) {
        return statement.replaceAll("(?m)^\\s*--.*$", "").strip();
    }
}
