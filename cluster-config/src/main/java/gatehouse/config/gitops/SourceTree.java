package gatehouse.config.gitops;

import gatehouse.config.settings.Nearest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One look at a directory of declarations: bounded, and never outside of it.
final class SourceTree {

    /// Kept for the signed descriptions of upstreams and their tools.
    private static final String RESERVED = "manifests";

    private static final List<String> DIRECTORIES =
            Stream.of(Kind.values()).map(Kind::directory).toList();
    private static final List<String> KNOWN =
            Stream.concat(DIRECTORIES.stream(), Stream.of(RESERVED)).toList();

    private final Path root;
    private final CatalogueSettings.Bounds bounds;
    private final List<Sources.File> files = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Digest digest = new Digest();
    private int size; // never more than the bounds have
    private boolean full;

    private SourceTree(Path root, CatalogueSettings.Bounds bounds) {
        this.root = root;
        this.bounds = bounds;
    }

    /// Blocks. Whatever goes wrong becomes a problem of what was found.
    static Sources look(Path directory, CatalogueSettings.Bounds bounds) {
        try {
            return new SourceTree(directory.toRealPath(), bounds).look();
        } catch (IOException unreadable) {
            var problem = new Problem(new Place(directory.toString(), 0), "is not a directory that can be read");
            return new Sources(
                    List.of(),
                    List.of(problem),
                    new Digest().add(problem.toString()).hex());
        }
    }

    private Sources look() throws IOException {
        for (var directory : list(root)) {
            var name = String.valueOf(directory.getFileName());
            if (Files.isDirectory(directory) && !KNOWN.contains(name)) {
                mistyped(name);
            }
        }
        for (var kind : Kind.values()) {
            readAll(kind.directory());
        }
        refuseManifests();
        if (files.isEmpty() && problems.isEmpty()) {
            var where = String.join("/, ", DIRECTORIES) + "/";
            complain(String.valueOf(root.getFileName()), "declares nothing: there is no .yaml file in " + where);
        }
        problems.forEach(problem -> digest.add(problem.toString()));
        return new Sources(files, problems, digest.hex());
    }

    /// Nobody shall believe in a manifest that is not enforced.
    private void refuseManifests() throws IOException {
        var manifests = root.resolve(RESERVED);
        for (var path : Files.isDirectory(manifests) ? list(manifests) : List.<Path>of()) {
            if (isYaml(path)) {
                var name = RESERVED + "/" + path.getFileName();
                complain(name, "is not read by this version, and enforces nothing: take it out");
            }
        }
    }

    /// A repository may hold other things too, but `route/` is a slip that would go unseen.
    private void mistyped(String name) {
        var hint = Nearest.hint(name, KNOWN);
        if (!hint.isEmpty()) {
            complain(name + "/", "is no directory of declarations" + hint);
        }
    }

    private void readAll(String directory) throws IOException {
        if (!Files.isDirectory(root.resolve(directory))) {
            return;
        }
        for (var path : list(root.resolve(directory))) {
            var name = directory + "/" + path.getFileName();
            if (full) {
                return;
            }
            if (files.size() >= bounds.files()) {
                complain(name, "is one file too many: at most " + bounds.files() + " are read");
                return;
            }
            if (Files.isDirectory(path)) {
                complain(name, "is a directory; the files of " + directory + "/ lie side by side");
            } else if (name.endsWith(".yml")) {
                complain(name, "is not read; name it .yaml");
            } else if (isYaml(path)) {
                read(name, path).ifPresent(files::add);
            }
        }
    }

    private Optional<Sources.File> read(String name, Path path) {
        try {
            var real = path.toRealPath();
            if (!real.startsWith(root)) {
                return complain(name, "is a link that leaves the directory");
            }
            if (!Files.isRegularFile(real)) {
                return complain(name, "is not a regular file");
            }
            return text(name, real);
        } catch (IOException unreadable) {
            return complain(name, "cannot be read");
        }
    }

    /// One byte more than there is room for tells that there are too many; then no other file is opened.
    private Optional<Sources.File> text(String name, Path real) throws IOException {
        byte[] bytes;
        var room = Math.min(bounds.fileSize(), bounds.size() - size);
        try (var in = Files.newInputStream(real)) {
            bytes = in.readNBytes(room + 1);
        }
        digest.add(name).add(bytes);
        size += Math.min(bytes.length, room);
        if (bytes.length > bounds.fileSize()) {
            return complain(name, "has more than " + bounds.fileSize() + " bytes");
        }
        if (bytes.length > room) {
            full = true;
            return complain(name, "brings all files together to more than " + bounds.size() + " bytes");
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(new Sources.File(name, text));
        } catch (CharacterCodingException notText) {
            return complain(name, "is not UTF-8");
        }
    }

    private Optional<Sources.File> complain(String name, String text) {
        problems.add(new Problem(new Place(name, 0), text));
        return Optional.empty();
    }

    private static boolean isYaml(Path path) {
        return path.toString().endsWith(".yaml");
    }

    /// Sorted, so that problems come in one order on every machine; without hidden files, where editors and mounts
    /// keep
    /// their own.
    private static List<Path> list(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
