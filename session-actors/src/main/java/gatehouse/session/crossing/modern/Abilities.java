package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Nested;
import org.apache.pekko.util.ByteString;

/// What a client can be asked, as one request of its declares it.
///
/// @param form elicitation by a form, which is also what an empty declaration means
/// @param tools sampling that may use tools
record Abilities(boolean sampling, boolean tools, boolean form, boolean url, boolean roots) {

    /// What the gateway declares to a legacy upstream: everything it can pass on.
    static final String BRIDGED =
            "{\"sampling\":{\"tools\":{},\"context\":{}},\"elicitation\":{\"form\":{},\"url\":{}},\"roots\":{}}";

    boolean any() {
        return sampling || form || url || roots;
    }

    static Abilities of(ByteString clientCapabilities) {
        var declared = Nested.members(clientCapabilities);
        var sampling = declared.getOrDefault("sampling", ByteString.emptyByteString());
        var elicitation = declared.getOrDefault("elicitation", ByteString.emptyByteString());
        var modes = Nested.members(elicitation);
        return new Abilities(
                Nested.isObject(sampling),
                Nested.members(sampling).containsKey("tools"),
                Nested.isObject(elicitation) && (modes.containsKey("form") || !modes.containsKey("url")),
                modes.containsKey("url"),
                Nested.isObject(declared.getOrDefault("roots", ByteString.emptyByteString())));
    }
}
