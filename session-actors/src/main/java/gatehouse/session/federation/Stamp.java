package gatehouse.session.federation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Marks what clients hold for the gateway, so that only what it gave out is taken back. All nodes have the same key,
/// and the same thing always gets the same mark.
public final class Stamp {

    /// Characters of a mark: 96 bits, as guessing needs a request per guess.
    static final int LENGTH = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 12;

    private final SecretKeySpec key;

    public Stamp(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    String of(String... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            all.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            all.writeBytes(bytes);
        }
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var mark = new byte[BYTES];
            System.arraycopy(mac.doFinal(all.toByteArray()), 0, mark, 0, BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mark);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without " + ALGORITHM, impossible);
        }
    }

    boolean holds(String mark, String... parts) {
        return MessageDigest.isEqual(
                mark.getBytes(StandardCharsets.UTF_8), of(parts).getBytes(StandardCharsets.UTF_8));
    }
}
