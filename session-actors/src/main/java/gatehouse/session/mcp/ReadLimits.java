package gatehouse.session.mcp;

import gatehouse.config.settings.ConfigReader;

/// `gateway.mcp.limits` and `gateway.mcp.upstream-limits`: how much JSON one message may hold.
///
/// @param depth how deep objects and arrays nest
/// @param digits how many characters a number has
/// @param text how many characters a string has
/// @param name how many characters a name in an object has
/// @param document how many bytes a message has
/// @param tokens how many names, values, opening and closing brackets a message has
public record ReadLimits(int depth, int digits, int text, int name, int document, int tokens) {

    private static final int LARGEST = 256 * 1024 * 1024;

    public static ReadLimits read(ConfigReader at) {
        return new ReadLimits(
                at.integer("depth", 8, 500),
                at.integer("digits", 17, 1000),
                (int) at.bytes("text", 1024, LARGEST),
                at.integer("name", 64, 50_000),
                (int) at.bytes("document", 1024, LARGEST),
                at.integer("tokens", 100, 10_000_000));
    }
}
