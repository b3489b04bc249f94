package gatehouse.node.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// The ports a demo listens on: the edge's, and the one above it for operators, if that is free.
public record Ports(int edge, int management) {
    private static final int LAST = 65_535;

    /// Looks before anything is started, so that nothing has to be taken down again. With 0, any free ports do.
    public static Ports from(int port) {
        if (port < 0 || port > LAST) {
            throw new IllegalStateException("--port is " + port + ", not between 0 and " + LAST);
        }
        if (port == 0) {
            return new Ports(0, 0);
        }
        if (!isFree(port)) {
            throw new IllegalStateException("port " + port
                    + " of 127.0.0.1 cannot be had: choose another with --port, or end what listens there");
        }
        return new Ports(port, port < LAST && isFree(port + 1) ? port + 1 : 0);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
