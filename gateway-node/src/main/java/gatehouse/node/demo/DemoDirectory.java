package gatehouse.node.demo;

import com.typesafe.config.ConfigUtil;
import gatehouse.config.catalogue.ApiKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The config directory of a demo, with its key and its store. It belongs to one running demo at a time.
public final class DemoDirectory implements AutoCloseable {
    private static final String KEY = "key";
    private static final List<String> STATE = List.of("secret", "store.mv.db", "store.trace.db", KEY);
    private static final int DAYS = 30;

    private final Path path;
    private final FileChannel lock;
    private final ApiKey key;

    private DemoDirectory(Path path, FileChannel lock, ApiKey key) {
        this.path = path;
        this.lock = lock;
        this.key = key;
    }

    /// Makes the directory, or takes up the one that is there.
    ///
    /// @param fresh forget the key, the sessions and all edits of an earlier demo
    public static DemoDirectory open(Path directory, boolean fresh) {
        var path = directory.toAbsolutePath().normalize();
        try {
            refuseForeign(path);
            Files.createDirectories(path);
            var lock = lock(path);
            try {
                if (fresh) {
                    forget(path);
                }
                var declarations = new Declarations(path);
                declarations.writeOnce("node.conf", nodeConf(path));
                declarations.writeLasting();
                return new DemoDirectory(path, lock, key(path.resolve(KEY)));
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(path + " cannot be used: " + failure.getMessage(), failure);
        }
    }

    /// Declares what changes with each start: where the upstream is, and that the key is good.
    public void declare(URI upstream) {
        var expires = LocalDate.now(ZoneOffset.UTC).plusDays(DAYS);
        new Declarations(path).writePassing(upstream, key, expires);
    }

    public Path path() {
        return path;
    }

    public ApiKey key() {
        return key;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Whatever else somebody keeps in a directory is not ours to mix with, let alone to delete.
    private static void refuseForeign(Path path) throws IOException {
        if (!Files.exists(path) || Files.exists(path.resolve(KEY)) || Files.exists(path.resolve(".lock"))) {
            return;
        }
        try (var inside = Files.list(path)) {
            if (inside.findAny().isPresent()) {
                throw new IllegalStateException(
                        path + " holds something else: name an empty or a new directory with --dir");
            }
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        var channel = FileChannel.open(path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isOurs(channel)) {
            channel.close();
            throw new IllegalStateException(
                    "another demo runs in " + path + ": end it, or give this one a directory of its own with --dir");
        }
        return channel;
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static void forget(Path path) throws IOException {
        for (var name : STATE) {
            Files.deleteIfExists(path.resolve(name));
        }
        new Declarations(path).delete();
    }

    private static ApiKey key(Path file) throws IOException {
        if (Files.exists(file)) {
            return ApiKey.parse(Files.readString(file).strip())
                    .orElseThrow(() -> new IllegalStateException(
                            file + " does not hold a key: start with --fresh to have a new one made"));
        }
        var key = ApiKey.mint("demo");
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            channel.write(ByteBuffer.wrap((key.reveal() + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
        return key;
    }

    private static String nodeConf(Path path) {
        return """
                # A node of its own: its secret and its store lie beside this file. Its ports come from `--port`; with
                # `./gatehouse up --config` on this directory these count.
                gateway.edge.port = 8080
                gateway.node.management.port = 8081
                gateway.node.secret-file = %s
                gateway.storage.url = %s
                """.formatted(
                        ConfigUtil.quoteString(path.resolve("secret").toString()),
                        ConfigUtil.quoteString("jdbc:h2:file:" + path.resolve("store")));
    }
}
