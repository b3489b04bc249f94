package gatehouse.session.mcp;

import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// A key that all nodes share to seal what agents hold for upstreams; it has a number so that it can be replaced.
///
/// With random nonces a key is good for 2^32 seals.
public final class SealKey {

    public static final int BYTES = 32;

    private final int number;
    private final SecretKey key;

    private SealKey(int number, byte[] secret) {
        this.number = number;
        this.key = new SecretKeySpec(secret, "AES");
    }

    public static SealKey of(int number, byte[] secret) {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("key number " + number + " is not between 0 and 255");
        }
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("key of " + secret.length + " bytes, not " + BYTES);
        }
        return new SealKey(number, secret);
    }

    /// A key that only this process knows: what it seals dies with it.
    public static SealKey random() {
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new SealKey(0, secret);
    }

    int number() {
        return number;
    }

    SecretKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "SealKey[" + number + ", ***]";
    }
}
