package gatehouse.config.settings;

import java.time.Duration;

/// The least and the most that a setting may be, both allowed.
public record Range<T extends Comparable<T>>(T least, T most) {

    public boolean holds(T value) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /// A value as an operator would write it.
    public static String shown(Object value) {
        if (!(value instanceof Duration duration)) {
            return value.toString();
        }
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    @Override
    public String toString() {
        return "between " + shown(least) + " and " + shown(most);
    }
}
