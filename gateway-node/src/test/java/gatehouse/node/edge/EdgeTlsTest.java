package gatehouse.node.edge;

import static gatehouse.node.edge.RawClient.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.node.edge.wire.TlsKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The JDK's keytool makes the identity; nothing is checked in.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTlsTest {

    private static final String PASSWORD = "changeit";
    private static final String GET = "GET / HTTP/1.1\r\n" + HOST + "\r\n";

    @TempDir
    private static Path files;

    private KeyStore identity;
    private RunningEdge edge;

    @BeforeAll
    void bind() throws Exception {
        identity = identity("EC", files.resolve("store"));
        write(identity);
        edge = new RunningEdge("tls { certificates = \"%s\", key = \"%s\" }"
                .formatted(files.resolve("chain.pem"), files.resolve("key.pem")));
    }

    @AfterAll
    void unbind() {
        edge.close();
    }

    @Test
    void requests_are_answered_over_tls() throws Exception {
        try (var client = connect("TLSv1.3")) {
            assertThat(client.send(GET).until("ok")).startsWith("HTTP/1.1 200 OK");
            assertThat(client.send(GET).until("ok")).startsWith("HTTP/1.1 200 OK");
        }
        edge.awaitOpen(0);
    }

    @Test
    void a_refusal_can_be_read_over_tls() throws Exception {
        try (var client = connect("TLSv1.2")) {
            assertThat(client.send("GET / HTTP/1.1\nHost: x\n\n").rest())
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("}");
        }
        edge.awaitOpen(0);
    }

    @Test
    void a_stream_ends_when_its_tls_client_goes() throws Exception {
        try (var client = connect("TLSv1.3")) {
            client.send("GET /stream HTTP/1.1\r\n" + HOST + "\r\n").until("first");
        }
        RunningEdge.await(() -> edge.streams.get() == 0, "the stream to end");
        edge.awaitOpen(0);
    }

    @Test
    void who_does_not_speak_tls_gets_nowhere_and_harms_nobody() throws Exception {
        try (var plain = edge.connect();
                var client = connect("TLSv1.3")) {
            plain.send(GET);

            assertThat(client.send(GET).until("ok")).startsWith("HTTP/1.1 200 OK");
        }
        edge.awaitOpen(0);
    }

    @Test
    void old_tls_is_not_spoken() {
        assertThatThrownBy(() -> connect("TLSv1.1")).isInstanceOf(SSLException.class);
    }

    @Test
    void a_file_that_cannot_be_used_is_named_and_its_content_is_not() throws Exception {
        var broken = Files.writeString(files.resolve("broken.pem"), "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n");

        assertThatThrownBy(() -> TlsKeys.read(files.resolve("chain.pem"), broken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken.pem")
                .hasMessageContaining("PKCS#8")
                .hasMessageNotContaining("c2VjcmV0");
    }

    private RawClient connect(String version) throws IOException, GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var known = KeyStore.getInstance("PKCS12");
        known.load((InputStream) null, null);
        known.setCertificateEntry("edge", identity.getCertificate("edge"));
        trust.init(known);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory()
                .createSocket(
                        InetAddress.getLoopbackAddress(), edge.edge().address().getPort());
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return new RawClient(socket);
    }

    private static KeyStore identity(String kind, Path store) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "edge",
                        "-keyalg",
                        kind,
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private static void write(KeyStore identity) throws IOException, GeneralSecurityException {
        var key = identity.getKey("edge", PASSWORD.toCharArray()).getEncoded();
        var certificate = identity.getCertificate("edge").getEncoded();
        Files.writeString(files.resolve("key.pem"), pem("PRIVATE KEY", key));
        Files.writeString(files.resolve("chain.pem"), pem("CERTIFICATE", certificate));
    }

    private static String pem(String kind, byte[] content) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
