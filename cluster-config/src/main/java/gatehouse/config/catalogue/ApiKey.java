package gatehouse.config.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// What an agent proves itself with: `gh_<environment>_<id>_<secret><checksum>`, shown once and stored nowhere.
///
/// The id is public and finds the agent. The secret holds 256 random bits. The checksum tells a key from noise without
/// any lookup, so that guesses cost us nothing and scanners of source code find real keys.
public final class ApiKey {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID = 10;
    private static final int SECRET = 43; // 62^43 > 2^256
    private static final int CHECKSUM = 6; // 62^6 > 2^32
    private static final Pattern SHAPE = Pattern.compile("gh_[a-z0-9]{1,12}_([0-9A-Za-z]{10})_[0-9A-Za-z]{49}");
    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9]{1,12}");
    private static final int LONGEST = 3 + 12 + 1 + ID + 1 + SECRET + CHECKSUM;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;
    private final String id;

    private ApiKey(String text, String id) {
        this.text = text;
        this.id = id;
    }

    /// A new key. The environment, such as `live` or `test`, tells a human where it belongs.
    public static ApiKey mint(String environment) {
        if (!ENVIRONMENT.matcher(environment).matches()) {
            throw new IllegalArgumentException(environment + " is not 1 to 12 of a-z and 0-9");
        }
        var id = random(ID);
        var body = "gh_" + environment + "_" + id + "_" + random(SECRET);
        return new ApiKey(body + checksum(body), id);
    }

    /// Empty for everything that was never minted, as far as a checksum can tell.
    public static Optional<ApiKey> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var match = SHAPE.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var end = text.length() - CHECKSUM;
        return text.substring(end).equals(checksum(text.substring(0, end)))
                ? Optional.of(new ApiKey(text, match.group(1)))
                : Optional.empty();
    }

    /// The public part by which the key is looked up, and the only part that may be logged.
    public String id() {
        return id;
    }

    public KeyHash hash() {
        return KeyHash.of(text);
    }

    /// The whole key, to be shown once.
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }

    private static String random(int digits) {
        var drawn = new StringBuilder(digits);
        RANDOM.ints(digits, 0, DIGITS.length()).forEach(digit -> drawn.append(DIGITS.charAt(digit)));
        return drawn.toString();
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        var digits = new char[CHECKSUM];
        var rest = crc.getValue();
        for (int i = CHECKSUM - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
