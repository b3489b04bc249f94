package gatehouse.session.mcp;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.pekko.util.ByteString;

/// What a sealed text belongs to: whose, where, to whom and what is asked.
///
/// @param params the digest of what is asked, apart from the answers, state and envelope that change per round
public record Binding(String principal, String route, String upstream, String method, String params) {

    /// The binding of a request as the agent sent it, before the gateway renames anything.
    public static Binding of(String principal, String route, String upstream, Message request) {
        var asked = request.without(Place.PARAMS_INPUT_RESPONSES)
                .without(Place.PARAMS_REQUEST_STATE)
                .without(Place.PARAMS_META)
                .raw(Place.PARAMS)
                .map(ByteString::toArrayUnsafe)
                .orElseGet(() -> new byte[] {'{', '}'});
        var sorted = Sorted.json(asked).getBytes(StandardCharsets.UTF_8);
        return new Binding(
                principal, route, upstream, request.method(), HexFormat.of().formatHex(sha256(sorted)));
    }

    /// The binding of a task's name, which any request of its principal may bring. No request has an empty method,
    /// so
    /// it
    /// is never that of a state.
    public static Binding ofTask(String principal, String route, String upstream) {
        return new Binding(principal, route, upstream, "", "");
    }

    /// All of it in 32 bytes; lengths go first, so that no two bindings run together.
    byte[] digest() {
        var all = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(all)) {
            for (var part : new String[] {principal, route, upstream, method, params}) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return sha256(all.toByteArray());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
