package gatehouse.config.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads settings and remembers every problem instead of stopping at the first.
///
/// A value that is wrong is answered with one that lets reading go on; [#verify] says whether any of it may be used.
public final class ConfigReader {

    private final Config config;
    private final String path;
    private final List<String> problems;

    private ConfigReader(Config config, String path, List<String> problems) {
        this.config = config;
        this.path = path;
        this.problems = problems;
    }

    public static ConfigReader of(Config resolved) {
        return of(resolved, List.of());
    }

    static ConfigReader of(Config resolved, List<String> problemsSoFar) {
        return new ConfigReader(resolved, "", new ArrayList<>(problemsSoFar));
    }

    /// The same reader, one section further down.
    public ConfigReader at(String section) {
        return new ConfigReader(config, path(section), problems);
    }

    public int integer(String key, int least, int most) {
        return (int) number(key, least, most);
    }

    public long number(String key, long least, long most) {
        return within(key, "a whole number", this::wholeNumber, new Range<>(least, most));
    }

    public long bytes(String key, long least, long most) {
        return within(key, "a size such as 4 MiB", config::getBytes, new Range<>(least, most));
    }

    public Duration duration(String key, Duration least, Duration most) {
        return within(key, "a duration such as 250 ms", config::getDuration, new Range<>(least, most));
    }

    public boolean flag(String key) {
        return read(key, "true or false", config::getBoolean).orElse(false);
    }

    /// One of the constants of an enum, written in lower case with dashes.
    public <E extends Enum<E>> E choice(String key, Class<E> kind) {
        return read(key, Choice.of(kind), where -> Choice.pick(kind, config.getString(where)))
                .orElse(kind.getEnumConstants()[0]);
    }

    public String text(String key) {
        return read(key, "a text", config::getString).orElse("");
    }

    public Optional<String> optionalText(String key) {
        return config.hasPath(path(key)) ? Optional.of(text(key)).filter(text -> !text.isBlank()) : Optional.empty();
    }

    public List<String> texts(String key) {
        return read(key, "a list of texts", config::getStringList).orElse(List.of());
    }

    /// What `key-file` or `key-env` leads to; having neither is a problem.
    public Secret secret(String key) {
        var found = optionalSecret(key);
        if (found.isEmpty()
                && optionalText(key + "-file").isEmpty()
                && optionalText(key + "-env").isEmpty()) {
            problems.add(path(key) + " is missing: name a file by " + key + "-file, or a variable by " + key + "-env");
        }
        return found.orElse(new Secret(""));
    }

    /// What `key-file` or `key-env` leads to. A relative file lies beside the file that names it.
    public Optional<Secret> optionalSecret(String key) {
        var file = optionalText(key + "-file");
        var variable = optionalText(key + "-env");
        if (file.isPresent() && variable.isPresent()) {
            complain(key + "-env", "is set, and so is " + key + "-file: choose one");
            return Optional.empty();
        }
        var source = file.isPresent()
                ? file.map(name -> Secret.ofFile(Origins.beside(config, path(key + "-file"), Path.of(name))))
                : variable.map(Secret::ofVariable);
        return source.flatMap(read -> switch (read) {
            case Secret.Source.Found(var secret) -> Optional.of(secret);
            case Secret.Source.Missing(var why) -> {
                complain(key + (file.isPresent() ? "-file" : "-env"), why);
                yield Optional.empty();
            }
        });
    }

    public void check(String key, boolean holds, String problem) {
        if (!holds) {
            complain(key, problem);
        }
    }

    /// Everything that was wrong so far, each with file, line and path.
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /// Throws all problems as one if there are any: nothing that was read may be used then.
    public void verify() {
        if (!problems.isEmpty()) {
            throw new BadConfig(problems);
        }
    }

    private <T extends Comparable<T>> T within(String key, String kind, Function<String, T> get, Range<T> range) {
        var value = read(key, kind, get).orElse(range.least());
        check(key, range.holds(value), "is " + Range.shown(value) + ", not " + range);
        return range.holds(value) ? value : range.least();
    }

    private <T> Optional<T> read(String key, String kind, Function<String, T> get) {
        try {
            return Optional.of(get.apply(path(key)));
        } catch (ConfigException.Missing missing) {
            problems.add(path(key) + " is missing");
        } catch (ConfigException | IllegalArgumentException unreadable) {
            complain(key, "is not " + kind);
        }
        return Optional.empty();
    }

    /// The library would cut 12.5 down to 12, and say nothing.
    private long wholeNumber(String where) {
        var number = config.getNumber(where);
        if (number.doubleValue() != number.longValue()) {
            throw new ConfigException.BadValue(where, "not whole");
        }
        return number.longValue();
    }

    private void complain(String key, String problem) {
        problems.add(Origins.of(config, path(key)) + path(key) + " " + problem);
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
