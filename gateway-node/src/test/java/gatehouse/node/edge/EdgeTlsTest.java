package gatehouse.node.edge;

import static gatehouse.node.edge.RawClient.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.node.edge.wire.TlsKeys;
import gatehouse.session.fake.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTlsTest {

    private static final String GET = "GET / HTTP/1.1\r\n" + HOST + "\r\n";

    @TempDir
    private static Path files;

    private Identity identity;
    private RunningEdge edge;

    @BeforeAll
    void bind() throws Exception {
        identity = Identity.make(files, "dns:localhost");
        edge = new RunningEdge(
                "tls { certificates = \"%s\", key = \"%s\" }".formatted(identity.chain(), identity.key()));
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

        assertThatThrownBy(() -> TlsKeys.read(identity.chain(), broken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken.pem")
                .hasMessageContaining("PKCS#8")
                .hasMessageNotContaining("c2VjcmV0");
    }

    private RawClient connect(String version) throws IOException, GeneralSecurityException {
        var socket = (SSLSocket) identity.context()
                .getSocketFactory()
                .createSocket(
                        InetAddress.getLoopbackAddress(), edge.edge().address().getPort());
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return new RawClient(socket);
    }
}
