package gatehouse.config.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/// The settings of one node: system properties over the `node.conf` of its directory over the defaults of all modules.
///
/// @param config what the actor system is started with
public record Settings(Path directory, Config config, List<String> problems) {

    public Settings {
        problems = List.copyOf(problems);
    }

    /// Reads a directory's `node.conf`, which may be absent. Whatever is wrong comes out of [#reader].
    public static Settings load(Path directory) {
        var problems = new ArrayList<String>();
        var written = properties().withFallback(nodeConf(directory, problems));
        var ours = ours();
        var defaults = defaults(ours, ours);
        try {
            var config = written.withFallback(defaults).resolve();
            problems.addAll(UnknownKeys.of(
                    written.resolveWith(config),
                    defaults.withOnlyPath("gateway").resolveWith(config)));
            var whole = problems.isEmpty()
                    ? written.withFallback(defaults(ours, written.withFallback(ours)))
                            .resolve()
                    : config;
            return new Settings(directory, whole, problems);
        } catch (ConfigException unresolved) {
            problems.add(Origins.of(unresolved));
            return new Settings(directory, defaults.resolve(), problems);
        }
    }

    /// A reader of every package's settings that already knows what was wrong with the file as a whole.
    public ConfigReader reader() {
        return ConfigReader.of(config, problems);
    }

    /// The defaults of all modules, over those of libraries whatever the order of the class path.
    ///
    /// A module of ours is known by its `gateway` section. Without this, a library that happens to come first on
    /// the class path would win where a module sets a library's key. Ours refer to nothing but each other, and are
    /// taken out of the whole before they are laid over it: the library cannot merge an unresolved value with
    /// itself.
    ///
    /// @param said what ours refer to, an operator's words over our own
    private static Config defaults(Config ours, Config said) {
        // as resources, since libraries include files that lie beside theirs in the jar
        return ours.resolveWith(said.resolve())
                .withFallback(ConfigFactory.parseResources(Settings.class.getClassLoader(), "reference.conf")
                        .withoutPath("gateway"));
    }

    private static Config ours() {
        var ours = ConfigFactory.empty();
        try {
            for (var url : Collections.list(Settings.class.getClassLoader().getResources("reference.conf"))) {
                var found = ConfigFactory.parseURL(url);
                if (found.root().containsKey("gateway")) {
                    ours = ours.withFallback(found);
                }
            }
            return ours;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the class path cannot be read", unreadable);
        }
    }

    private static Config nodeConf(Path directory, List<String> problems) {
        if (!Files.isDirectory(directory)) {
            problems.add(directory + " is not a directory");
            return ConfigFactory.empty();
        }
        var file = directory.resolve("node.conf");
        try {
            return Files.exists(file)
                    ? ConfigFactory.parseFile(
                            file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
                    : ConfigFactory.empty();
        } catch (ConfigException malformed) {
            problems.add(Origins.of(malformed));
            return ConfigFactory.empty();
        }
    }

    private static Config properties() {
        var copy = (Properties) System.getProperties().clone();
        return ConfigFactory.parseProperties(
                copy, ConfigParseOptions.defaults().setOriginDescription("system properties"));
    }
}
