package gatehouse.config.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Settings an operator wrote that nobody will read, so that a slip of the pen is not taken for a decision.
///
/// Every key stands in some module's defaults, an optional one with an empty text; a section that is empty there takes
/// any key.
final class UnknownKeys {

    /// A section keeps its keys in no order; an operator reads them in the order of the file.
    private static final Comparator<Map.Entry<String, ConfigValue>> BY_LINE =
            Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber());

    private UnknownKeys() {}

    static List<String> of(Config written, Config defaults) {
        return written.hasPath("gateway") && defaults.hasPath("gateway")
                ? compare("gateway", written.getValue("gateway"), defaults.getValue("gateway"))
                        .toList()
                : List.of();
    }

    private static Stream<String> compare(String path, ConfigValue written, ConfigValue known) {
        if (!(known instanceof ConfigObject section) || section.isEmpty()) {
            return Stream.of();
        }
        if (!(written instanceof ConfigObject keys)) {
            // null stands for "use the default" and resets nothing
            return written.valueType() == ConfigValueType.NULL
                    ? Stream.of()
                    : Stream.of(problem(path, written, "is a section, not a value"));
        }
        return keys.entrySet().stream().sorted(BY_LINE).flatMap(entry -> {
            var below = path + "." + ConfigUtil.joinPath(entry.getKey());
            var match = section.get(entry.getKey());
            return match == null
                    ? Stream.of(problem(below, entry.getValue(), "is unknown" + hint(entry.getKey(), section)))
                    : compare(below, entry.getValue(), match);
        });
    }

    private static String hint(String key, ConfigObject section) {
        return section.containsKey(key + "-file")
                ? ": a secret does not stand here; name its file by " + key + "-file or its variable by " + key + "-env"
                : Nearest.hint(key, section.keySet());
    }

    private static String problem(String path, ConfigValue where, String text) {
        return Origins.of(where.origin()) + ": " + path + " " + text;
    }
}
