package gatehouse.load.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/// One keep-alive connection that carries one request at a time.
public final class Line implements AutoCloseable {

    private final Socket socket;
    private final Inflow inflow;

    private Line(Socket socket) throws IOException {
        this.socket = socket;
        this.inflow = new Inflow(socket.getInputStream());
    }

    /// Every wait on the line, for the connection as for each read, ends after `patience`.
    public static Line open(InetSocketAddress address, Duration patience) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.connect(
                    new InetSocketAddress(address.getHostString(), address.getPort()), (int) patience.toMillis());
            return new Line(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public Reply send(byte[] request) throws IOException {
        write(request);
        var head = head();
        return new Reply(head, body(head));
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /// The head alone, for streams whose body never ends.
    public String head() throws IOException {
        var head = inflow.upTo("\r\n\r\n");
        return head.startsWith("HTTP/1.1 100") ? inflow.upTo("\r\n\r\n") : head;
    }

    public int status() throws IOException {
        return Head.status(head());
    }

    /// Waits for more of an endless body and throws it away; negative at its end.
    public int drain() throws IOException {
        return inflow.discard();
    }

    /// Cuts the line with a reset instead of an orderly goodbye.
    public void cut() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] body(String head) throws IOException {
        if (Head.says(head, "transfer-encoding", "chunked")) {
            return inflow.chunks();
        }
        return inflow.exactly(
                Head.value(head, "content-length").map(Integer::parseInt).orElse(0));
    }
}
