package gatehouse.session.lifecycle;

import gatehouse.policy.verdict.Principal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Gives out session ids and recognises its own.
///
/// An id is 18 random bytes and a MAC over them, so that invented ids are refused before anything is woken or read. The
/// key of a session is made of the principal *and* the id: whoever presents somebody else's id names a session that
/// does
/// not exist, and learns nothing from it.
public final class SessionIds {

    private static final int RANDOM = 18;
    private static final int TAG = 15;
    private static final int HALF = 16;
    private static final String ALGORITHM = "HmacSHA256";

    /// Principals whose part of the key is remembered; every call asks for it.
    private static final int REMEMBERED = 10_000;

    private static final MessageDigest SHA = sha();

    private final Mac mac;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<Principal, String> owners = new ConcurrentHashMap<>();

    public SessionIds(byte[] secret) {
        this.mac = keyed(keyed(secret).doFinal("session ids".getBytes(StandardCharsets.UTF_8)));
    }

    public String mint() {
        var id = new byte[RANDOM + TAG];
        var fresh = new byte[RANDOM];
        random.nextBytes(fresh);
        System.arraycopy(fresh, 0, id, 0, RANDOM);
        System.arraycopy(tag(fresh), 0, id, RANDOM, TAG);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /// The key under which this principal's session is kept; empty for an id that was never given out.
    public Optional<SessionKey> key(Principal principal, String id) {
        return given(id) ? Optional.of(new SessionKey(ownerOf(principal) + "." + half(id))) : Optional.empty();
    }

    /// What all sessions of a principal have in common.
    public static String owner(Principal principal) {
        return half(principal.toString());
    }

    private boolean given(String id) {
        if (id.length() != (RANDOM + TAG) * 4 / 3) {
            return false;
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(id);
            var expected = tag(Arrays.copyOf(bytes, RANDOM));
            return MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, RANDOM, bytes.length));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private String ownerOf(Principal principal) {
        if (owners.size() > REMEMBERED) {
            owners.clear();
        }
        return owners.computeIfAbsent(principal, SessionIds::owner);
    }

    private byte[] tag(byte[] fresh) {
        return Arrays.copyOf(copy(mac).doFinal(fresh), TAG);
    }

    /// Looking an algorithm up costs more than running it on a few bytes, so each use copies one that is ready.
    private static Mac copy(Mac ready) {
        try {
            return (Mac) ready.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("a JDK whose " + ALGORITHM + " cannot be copied", impossible);
        }
    }

    /// Half a SHA-256 in hex: 128 bits are beyond anybody's search, and a session in memory holds its key four
    /// times.
    private static String half(String text) {
        try {
            var digest = (MessageDigest) SHA.clone();
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, HALF);
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("a JDK whose SHA-256 cannot be copied", impossible);
        }
    }

    private static Mac keyed(byte[] secret) {
        try {
            var fresh = Mac.getInstance(ALGORITHM);
            fresh.init(new SecretKeySpec(secret, ALGORITHM));
            return fresh;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without " + ALGORITHM, impossible);
        }
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without SHA-256", impossible);
        }
    }
}
