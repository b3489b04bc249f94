package gatehouse.config.gitops;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;

/// Durations and sizes as settings write them; without its unit a number would be a guess.
final class Units {

    private Units() {}

    static Duration duration(String text) {
        return withUnit(text).getDuration("value");
    }

    static long bytes(String text) {
        return withUnit(text).getBytes("value");
    }

    private static Config withUnit(String text) {
        if (text.isEmpty() || Character.isDigit(text.charAt(text.length() - 1))) {
            throw new IllegalArgumentException("no unit");
        }
        return ConfigValueFactory.fromAnyRef(text).atKey("value");
    }
}
