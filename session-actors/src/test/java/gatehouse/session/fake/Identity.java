package gatehouse.session.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key and a certificate for a name, made on the spot by the JDK's keytool, so that nothing is checked in.
public final class Identity {

    private static final String PASSWORD = "changeit";
    private static final String NAME = "own";

    private final Path directory;
    private final KeyStore keys;

    private Identity(Path directory, KeyStore keys) {
        this.directory = directory;
        this.keys = keys;
    }

    /// Makes one that is good for two days.
    ///
    /// @param names what the certificate is for, as keytool has them: `dns:localhost,ip:127.0.0.1`
    public static Identity make(Path directory, String names) {
        try {
            var store = directory.resolve("identity.p12");
            var keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            var made = new ProcessBuilder(keytool, "-genkeypair", "-alias", NAME, "-keyalg", "EC", "-validity", "2");
            made.command().addAll(List.of("-dname", "CN=localhost", "-ext", "san=" + names, "-storetype", "PKCS12"));
            made.command().addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
            if (made.inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
            return new Identity(directory, KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()));
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurry);
        }
    }

    /// The certificate, as a PEM file.
    public Path chain() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", keys.getCertificate(NAME).getEncoded());
    }

    /// The key, as a PEM file.
    public Path key() throws IOException, GeneralSecurityException {
        return pem("PRIVATE KEY", keys.getKey(NAME, PASSWORD.toCharArray()).getEncoded());
    }

    /// Shows this identity, and trusts nobody else.
    public SSLContext context() throws GeneralSecurityException, IOException {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        var known = KeyStore.getInstance("PKCS12");
        known.load(null, PASSWORD.toCharArray());
        known.setCertificateEntry(NAME, keys.getCertificate(NAME));
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(known);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), new SecureRandom());
        return context;
    }

    private Path pem(String kind, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        var file = directory.resolve(kind.replace(' ', '-') + ".pem");
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
