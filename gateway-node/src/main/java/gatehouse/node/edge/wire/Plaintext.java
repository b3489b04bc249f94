package gatehouse.node.edge.wire;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.util.ByteString;

/// The HTTP layer wants to be spoken to as if it sat on TLS itself; here TLS has been taken off before.
final class Plaintext {

    private static final SSLSession NONE = session();

    private Plaintext() {}

    static SslTlsInbound wrap(ByteString bytes) {
        return new SessionBytes(NONE, bytes);
    }

    static ByteString unwrap(SslTlsOutbound outbound) {
        return outbound instanceof SendBytes send ? send.bytes() : ByteString.emptyByteString();
    }

    private static SSLSession session() {
        try {
            return SSLContext.getDefault().createSSLEngine().getSession();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without TLS", impossible);
        }
    }
}
