package gatehouse.load.wire;

/// The secret an agent shows to the gateway; it prints as `***`.
public record Key(String secret) {

    public static final Key NONE = new Key("");

    boolean present() {
        return !secret.isEmpty();
    }

    @Override
    public String toString() {
        return present() ? "***" : "none";
    }
}
