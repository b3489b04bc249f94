package gatehouse.node.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A client that says exactly what a test wants said, byte by byte.
final class RawClient implements AutoCloseable {

    static final String HOST = "Host: localhost\r\n";

    private final Socket socket;

    RawClient(InetSocketAddress to) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), to.getPort()));
    }

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /// All there is until the edge closes.
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /// All there is up to and including this text.
    String until(String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            var octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) octet);
        }
        return read.toString();
    }

    /// Whether the edge has closed or reset without another byte.
    boolean isCut() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return !(reset instanceof java.net.SocketTimeoutException);
        }
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
