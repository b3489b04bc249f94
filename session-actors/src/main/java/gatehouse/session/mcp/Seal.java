package gatehouse.session.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/// Wraps what an upstream wants back, a `requestState` or the name of a task, so that only who it was given to can
/// bring
/// it back, only as what it is, and only for a while.
///
/// Layout: format, key number, nonce, then encrypted: expiry, whether there is a state, the state. The [Binding] is
/// not in it but authenticated with it, so a state that is foreign, forged or damaged fails in one and the same way.
public final class Seal {

    /// The longest state an upstream may give, in bytes.
    public static final int LONGEST_STATE = 64 * 1024;

    /// The longest that a state may be good for.
    public static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private static final byte FORMAT = 1;
    private static final int BLOCK = 16;
    private static final int FIRST_OF_BODY = 2; // GCM keeps the counter before it for the tag
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int HEAD = 2 + NONCE;
    private static final int BODY = Long.BYTES + 1;
    private static final int LONGEST_SEALED = (HEAD + BODY + LONGEST_STATE + TAG) * 4 / 3 + 4;

    private final SecureRandom random = new SecureRandom();
    private final SealKey current;
    private final Map<Integer, SealKey> keys = new HashMap<>();

    /// What opening came to.
    public sealed interface Opening {
        record Opened(String state) implements Opening {}

        /// Genuine, and the upstream had given no state.
        record OpenedEmpty() implements Opening {}

        /// Nobody outside is told which of the two it was.
        record Refused(boolean expired) implements Opening {}
    }

    /// @param earlier keys that open what they once sealed and seal nothing more
    public Seal(SealKey current, List<SealKey> earlier) {
        this.current = current;
        earlier.forEach(key -> keys.put(key.number(), key));
        keys.put(current.number(), current);
        if (keys.size() != earlier.size() + 1) {
            throw new IllegalArgumentException("two keys have the same number");
        }
    }

    /// Empty if the state is longer than may be given to an agent.
    public Optional<String> seal(String upstreamState, Binding binding, Instant expires) {
        var state = upstreamState.getBytes(StandardCharsets.UTF_8);
        return state.length > LONGEST_STATE ? Optional.empty() : Optional.of(sealed(state, 1, binding, expires));
    }

    /// Where the upstream gave no state: what comes back is still bound to its request.
    public String sealNothing(Binding binding, Instant expires) {
        return sealed(new byte[0], 0, binding, expires);
    }

    /// What was sealed, for who may have it back.
    ///
    /// @param binding asked for only if the rest is in order: to make one, the whole request is read once more
    public Opening open(String sealed, Supplier<Binding> binding, Instant now) {
        return decode(sealed)
                .filter(bytes -> isPlausible(bytes, now))
                .flatMap(bytes -> decrypt(bytes, binding.get()))
                .map(body -> judge(body, now))
                .orElse(new Opening.Refused(false));
    }

    private static Opening judge(ByteBuffer body, Instant now) {
        if (!now.isBefore(Instant.ofEpochMilli(body.getLong()))) {
            return new Opening.Refused(true);
        }
        return body.get() == 0
                ? new Opening.OpenedEmpty()
                : new Opening.Opened(StandardCharsets.UTF_8.decode(body).toString());
    }

    private String sealed(byte[] state, int present, Binding binding, Instant expires) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var body = ByteBuffer.allocate(BODY + state.length)
                .putLong(expires.toEpochMilli())
                .put((byte) present)
                .put(state)
                .flip();
        var sealed = ByteBuffer.allocate(HEAD + body.limit() + TAG)
                .put(FORMAT)
                .put((byte) current.number())
                .put(nonce);
        try {
            cipher(Cipher.ENCRYPT_MODE, current, sealed.array(), binding).doFinal(body, sealed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES/GCM", impossible);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
    }

    private Optional<SealKey> key(byte[] sealed) {
        return Optional.ofNullable(keys.get(sealed[1] & 0xFF)).filter(_ -> sealed[0] == FORMAT);
    }

    /// Whether it could be ours, by its expiry alone. In this mode the beginning can be read before all of it is
    /// authenticated, and only who has the key makes it a time near now: by chance it is one in 2^30. Nothing else
    /// is concluded from it; it spares the work of a forged state, which would be that of a request of any size.
    private boolean isPlausible(byte[] sealed, Instant now) {
        return key(sealed)
                .map(key -> beginning(sealed, key).getLong() - now.toEpochMilli())
                .filter(ahead -> Math.abs(ahead) <= 2 * LONGEST_LIFE.toMillis())
                .isPresent();
    }

    private static ByteBuffer beginning(byte[] sealed, SealKey key) {
        var counter = ByteBuffer.allocate(BLOCK)
                .put(sealed, 2, NONCE)
                .putInt(FIRST_OF_BODY)
                .array();
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key.key(), new IvParameterSpec(counter));
            return ByteBuffer.wrap(cipher.doFinal(sealed, HEAD, BODY));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES/CTR", impossible);
        }
    }

    private Optional<ByteBuffer> decrypt(byte[] sealed, Binding binding) {
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, key(sealed).orElseThrow(), sealed, binding);
            return Optional.of(ByteBuffer.wrap(cipher.doFinal(sealed, HEAD, sealed.length - HEAD)));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, SealKey key, byte[] sealed, Binding binding)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG * 8, sealed, 2, NONCE));
        cipher.updateAAD(sealed, 0, 2);
        cipher.updateAAD(binding.digest());
        return cipher;
    }

    private static Optional<byte[]> decode(String sealed) {
        if (sealed.length() > LONGEST_SEALED) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(sealed);
            return bytes.length < HEAD + BODY + TAG ? Optional.empty() : Optional.of(bytes);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
