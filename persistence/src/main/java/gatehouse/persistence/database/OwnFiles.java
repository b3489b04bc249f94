package gatehouse.persistence.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps the file of a database in this process to its owner: what clients say stands in it.
///
/// The engine makes its file as the process's mask has it, which is readable for everybody on most machines. So the
/// file
/// is made here before, empty, for the engine to fill; and what an earlier version left open is closed.
final class OwnFiles {

    private static final Pattern URL = Pattern.compile("jdbc:h2:(?:file:)?(?<path>(?![A-Za-z]{2,}:)[^;]+)(?:;.*)?");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private OwnFiles() {}

    /// @param url of a database that is about to be opened
    static void keep(String url) {
        var named = URL.matcher(url);
        if (!named.matches()) {
            return;
        }
        var home = Matcher.quoteReplacement(System.getProperty("user.home"));
        var file =
                Path.of(named.group("path").replaceFirst("^~", home) + ".mv.db").toAbsolutePath();
        try {
            keep(file);
        } catch (IOException failure) {
            var why = file + " cannot be made, or not be kept to its owner: " + failure;
            throw new UncheckedIOException(new IOException(why));
        }
    }

    private static void keep(Path file) throws IOException {
        var directory = file.getParent();
        if (!Files.getFileStore(existing(file)).supportsFileAttributeView("posix")) {
            return;
        }
        if (directory != null && !Files.exists(directory)) {
            Files.createDirectories(directory, only(DIRECTORY));
        }
        if (!Files.exists(file)) {
            Files.createFile(file, only(FILE));
        } else if (!FILE.containsAll(Files.getPosixFilePermissions(file))) {
            Files.setPosixFilePermissions(file, FILE);
        }
    }

    /// The file itself, or the closest of the directories it is to lie in.
    private static Path existing(Path file) {
        var parent = file.getParent();
        return parent == null || Files.exists(file) ? file : existing(parent);
    }

    private static FileAttribute<Set<PosixFilePermission>> only(Set<PosixFilePermission> owner) {
        return PosixFilePermissions.asFileAttribute(owner);
    }
}
