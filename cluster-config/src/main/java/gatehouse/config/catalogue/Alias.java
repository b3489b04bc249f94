package gatehouse.config.catalogue;

import java.util.regex.Pattern;

/// The short name under which a joined route shows an upstream. It holds no `_`, so the first `__` of a name ends it.
public record Alias(String value) {

    /// What an upstream is called on a route that leads to it alone.
    public static final Alias NONE = new Alias("");

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9]{0,15}");

    public static boolean fits(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
