package gatehouse.config.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads settings and remembers every problem instead of stopping at the first.
///
/// A value that is wrong is answered with one that lets reading go on; [#problems] says whether anything read may be used.
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
        return new ConfigReader(resolved, "", new ArrayList<>());
    }

    /// The same reader, one section further down.
    public ConfigReader at(String section) {
        return new ConfigReader(config, path(section), problems);
    }

    public int integer(String key, int least, int most) {
        return (int) number(key, least, most);
    }

    public long number(String key, long least, long most) {
        return read(key, "a whole number", config::getLong, least, value -> value >= least && value <= most, least, most);
    }

    public long bytes(String key, long least, long most) {
        return read(key, "a size such as 4 MiB", config::getBytes, least, v -> v >= least && v <= most, least, most);
    }

    public Duration duration(String key, Duration least, Duration most) {
        return read(
                key,
                "a duration such as 250 ms",
                config::getDuration,
                least,
                value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                least,
                most);
    }

    public boolean flag(String key) {
        return read(key, "true or false", config::getBoolean, false, value -> true, false, true);
    }

    public String text(String key) {
        return read(key, "a text", config::getString, "", value -> true, "", "");
    }

    public Optional<String> optionalText(String key) {
        return config.hasPath(path(key)) ? Optional.of(text(key)).filter(text -> !text.isBlank()) : Optional.empty();
    }

    public List<String> texts(String key) {
        return read(key, "a list of texts", config::getStringList, List.of(), value -> true, "", "");
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

    private <T> T read(
            String key, String kind, Function<String, T> get, T instead, Function<T, Boolean> fits, Object least, Object most) {
        T value;
        try {
            value = get.apply(path(key));
        } catch (ConfigException.Missing missing) {
            problems.add(path(key) + " is missing");
            return instead;
        } catch (ConfigException unreadable) {
            complain(key, "is not " + kind);
            return instead;
        }
        if (!fits.apply(value)) {
            complain(key, "is " + value + ", not between " + least + " and " + most);
            return instead;
        }
        return value;
    }

    private void complain(String key, String problem) {
        var where = path(key);
        var origin = config.hasPath(where) ? config.getValue(where).origin().description() + ": " : "";
        problems.add(origin + where + " " + problem);
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
