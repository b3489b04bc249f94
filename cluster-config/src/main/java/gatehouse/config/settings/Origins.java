package gatehouse.config.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a setting was written: `node.conf: 12: `, the file without its directory, so that a log names no home.
final class Origins {

    private Origins() {}

    static String of(Config config, String path) {
        return config.hasPathOrNull(path) ? of(origin(config, path)) + ": " : "";
    }

    static String of(ConfigOrigin origin) {
        var name = name(origin);
        return origin.lineNumber() > 0 ? name + ": " + origin.lineNumber() : name;
    }

    /// What went wrong while a file was parsed, in the form of every other problem.
    static String of(ConfigException failure) {
        @Nullable ConfigOrigin origin = failure.origin();
        var message = String.valueOf(failure.getMessage());
        if (origin == null) {
            return message;
        }
        var prefix = origin.description() + ": ";
        return of(origin) + ": " + (message.startsWith(prefix) ? message.substring(prefix.length()) : message);
    }

    /// A file named by a setting: relative to the file that holds the setting, if it is a file at all.
    static Path beside(Config config, String path, Path file) {
        @Nullable String holder = origin(config, path).filename();
        return holder == null ? file : Path.of(holder).toAbsolutePath().resolveSibling(file);
    }

    private static ConfigOrigin origin(Config config, String path) {
        return config.getIsNull(path) ? config.origin() : config.getValue(path).origin();
    }

    private static String name(ConfigOrigin origin) {
        if (origin.filename() != null) {
            return String.valueOf(Path.of(origin.filename()).getFileName());
        }
        if (origin.url() != null) {
            var url = origin.url().getPath();
            return url.substring(url.lastIndexOf('/') + 1);
        }
        return origin.resource() != null ? origin.resource() : origin.description();
    }
}
