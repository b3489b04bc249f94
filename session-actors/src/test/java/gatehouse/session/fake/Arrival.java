package gatehouse.session.fake;

import java.util.Locale;
import java.util.Map;

/// A request as it reached a [FakeUpstream].
///
/// @param connection counts connections from 1
/// @param headers by name in lower case
/// @param rpcMethod of the JSON-RPC message in the body, empty if it has none
/// @param rpcId as JSON, `null` if the message has none
public record Arrival(
        int connection,
        String method,
        String target,
        Map<String, String> headers,
        String body,
        String rpcMethod,
        String rpcId) {

    public Arrival {
        headers = Map.copyOf(headers);
    }

    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /// What scripts are found by: the JSON-RPC method, else the HTTP method.
    public String key() {
        return rpcMethod.isEmpty() ? method : rpcMethod;
    }
}
