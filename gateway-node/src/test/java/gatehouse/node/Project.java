package gatehouse.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The project as it lies on disk, for tests that read its files.
final class Project {
    /// Made by tools, and no part of the project.
    private static final Set<String> LEFT_OUT =
            Set.of(".git", "target", "node_modules", ".idea", ".vscode", ".gatehouse");

    /// Tests run in the directory of their module.
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Project() {}

    static Stream<Path> files(String suffix) {
        return files().filter(file -> file.toString().endsWith(suffix));
    }

    static Stream<Path> files() {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return LEFT_OUT.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted();
    }

    /// The main types of the product; `load-tests` and tests are not among them.
    static Stream<Path> mainSources() {
        return files(".java").filter(file -> !isTest(file));
    }

    static boolean isTest(Path file) {
        return ROOT.relativize(file).toString().contains("src/test/");
    }

    /// A picture or a key store reads as nothing.
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException binary) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }
}
