package gatehouse.persistence.database;

import gatehouse.config.settings.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Who we are to the database.
public record Login(String user, String password) {

    static Login read(ConfigReader at) {
        var given = at.optionalText("password");
        var file = at.optionalText("password-file");
        at.check("password", given.isEmpty() || file.isEmpty(), "is given beside password-file; keep one");
        return new Login(
                at.optionalText("user").orElse(""),
                file.map(name -> content(at, name)).or(() -> given).orElse(""));
    }

    private static String content(ConfigReader at, String name) {
        try {
            return Files.readString(Path.of(name)).strip();
        } catch (IOException | InvalidPathException unreadable) {
            at.check("password-file", false, "names " + name + ", which cannot be read");
            return "";
        }
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
