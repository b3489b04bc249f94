package gatehouse.node.edge;

import gatehouse.policy.verdict.Credential;
import java.util.List;
import java.util.Locale;

/// Finds what a request offers as proof: a bearer key, or a key in a header of its own. Never both, never in the query.
public final class Credentials {

    private static final String BEARER = "bearer ";

    private Credentials() {}

    /// What the credential headers of a request add up to.
    ///
    /// @param authorization all values of `Authorization`
    /// @param agentKey all values of `X-MCP-Agent-Key`
    public static Credential of(List<String> authorization, List<String> agentKey) {
        if (authorization.size() + agentKey.size() > 1) {
            return new Credential.Unclear("send one credential: `Authorization` or `X-MCP-Agent-Key`, not both");
        }
        if (!agentKey.isEmpty()) {
            return new Credential.Key(agentKey.getFirst().strip());
        }
        if (authorization.isEmpty()) {
            return new Credential.None();
        }
        var value = authorization.getFirst().strip();
        return value.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? new Credential.Key(value.substring(BEARER.length()).strip())
                : new Credential.Unclear("`Authorization` must be `Bearer <key>`");
    }
}
