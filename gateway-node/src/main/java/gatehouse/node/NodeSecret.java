package gatehouse.node;

import gatehouse.config.settings.BadConfig;
import gatehouse.persistence.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What session ids and sealed states are made with. All nodes of a cluster share it; losing it ends every session.
final class NodeSecret {

    private static final int BYTES = 32;

    private final byte[] bytes;

    private NodeSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /// The secret that several nodes have in common: none makes one of its own.
    static NodeSecret sharedIn(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    file + " is not there: nodes that have gateway.cluster.seeds share one secret."
                            + " Copy the file of a node that has one, or make it: openssl rand -hex " + BYTES);
        }
        return keptIn(file);
    }

    /// A node with another secret would not know the sessions of the others, nor they its own.
    void mustBeThatOf(Storage storage, Path file) {
        if (!storage.agreed("secret", fingerprint()).equals(fingerprint())) {
            throw new BadConfig(List.of(file + " is not the secret of the other nodes of this database."
                    + " Copy the file of a node that serves to this place. Only if no such file is left anywhere,"
                    + " run: delete from agreement where name = 'secret'. All sessions then end."));
        }
    }

    /// Reads the secret, or makes one where there is none yet.
    static NodeSecret keptIn(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            var text = Files.readString(file).strip();
            if (!text.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
                throw new IllegalStateException(file + " does not hold a secret: " + 2 * BYTES
                        + " hexadecimal digits are expected. Remove it to have a new one made; all sessions then end.");
            }
            return new NodeSecret(HexFormat.of().parseHex(text));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read or made", unreadable);
        }
    }

    private static void create(Path file) throws IOException {
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(
                    file.toAbsolutePath().getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            channel.write(ByteBuffer.wrap(HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /// By which nodes find out whether they share it, without telling it.
    String fingerprint() {
        return HexFormat.of().formatHex(derived("fingerprint"), 0, 8);
    }

    /// For sealing: derived, so that neither use of the secret can be turned against the other.
    byte[] sealKey() {
        return derived("sealed states");
    }

    /// For marking what clients hold of joined routes.
    byte[] stampKey() {
        return derived("federation stamps");
    }

    private byte[] derived(String use) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac.doFinal(use.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without HmacSHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
