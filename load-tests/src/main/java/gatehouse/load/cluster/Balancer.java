package gatehouse.load.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Gives each request to the next node, whichever session it belongs to: nobody sticks anywhere.
///
/// A node that is not ready, or does not answer within half a second, gets nothing until it does. A request that could
/// not
/// be handed over goes to the next one; one that was handed over is never sent twice. A client that leaves is noticed
/// when
/// something is written to it.
public final class Balancer implements AutoCloseable {

    private static final int CONNECT_MILLIS = 500;
    private static final int LOOK_MILLIS = 250;
    private static final int MOST_CONNECTIONS = 10_000;

    private final ServerSocket door;
    private final List<InetSocketAddress> nodes;
    private final Set<Integer> away = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<Integer, AtomicLong> given = new ConcurrentHashMap<>();
    private final AtomicLong turn = new AtomicLong();
    private final Semaphore room = new Semaphore(MOST_CONNECTIONS);

    private Balancer(ServerSocket door, List<InetSocketAddress> nodes) {
        this.door = door;
        this.nodes = List.copyOf(nodes);
    }

    /// Listens on loopback; port 0 is any that is free.
    public static Balancer start(int port, List<InetSocketAddress> nodes) throws IOException {
        var balancer = new Balancer(new ServerSocket(port, 1000, InetAddress.getLoopbackAddress()), nodes);
        Thread.ofVirtual().name("balancer").start(balancer::accept);
        for (var n = 0; n < nodes.size(); n++) {
            var node = n;
            Thread.ofVirtual().name("balancer-look-" + n).start(() -> balancer.watch(node));
        }
        return balancer;
    }

    public int port() {
        return door.getLocalPort();
    }

    /// How many requests a node was given.
    public long given(int node) {
        return given.getOrDefault(node, new AtomicLong()).get();
    }

    /// Whether a node gets requests right now.
    public boolean serves(int node) {
        return !away.contains(node);
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (var socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                if (room.tryAcquire()) {
                    open.add(client);
                    Thread.ofVirtual().start(() -> serve(client));
                } else {
                    client.close();
                }
            } catch (IOException closed) {
                if (!door.isClosed()) {
                    System.err.println("balancer: " + closed.getMessage());
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new BufferedInputStream(client.getInputStream());
            var out = new BufferedOutputStream(client.getOutputStream());
            for (var head = Exchange.head(in); head.isPresent(); head = Exchange.head(in)) {
                if (!exchange(head.get(), Exchange.body(head.get(), in), out)) {
                    return;
                }
            }
        } catch (IOException | RuntimeException broken) {
            // either side is gone, and the other hears so by the end of its connection
        } finally {
            open.remove(client);
            room.release();
        }
    }

    /// Whether the client's connection can go on.
    private boolean exchange(Exchange.Head request, byte[] body, OutputStream out) throws IOException {
        var node = handedOver(request, body);
        if (node.isEmpty()) {
            out.write("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(ISO_8859_1));
            out.flush();
            return true;
        }
        try (var socket = node.get()) {
            var in = new BufferedInputStream(socket.getInputStream());
            var head = Exchange.head(in).orElseThrow(() -> new IOException("the node hung up"));
            out.write(head.forward(false));
            out.flush();
            return Exchange.pass(head, in, out);
        } finally {
            open.remove(node.get());
        }
    }

    private Optional<Socket> handedOver(Exchange.Head request, byte[] body) {
        var first = turn.getAndIncrement();
        for (var i = 0; i < nodes.size(); i++) {
            var node = (int) ((first + i) % nodes.size());
            if (away.contains(node)) {
                continue;
            }
            var socket = new Socket();
            try {
                open.add(socket);
                socket.connect(nodes.get(node), CONNECT_MILLIS);
                socket.setTcpNoDelay(true);
                var to = socket.getOutputStream();
                to.write(request.forward(true));
                to.write(body);
                to.flush();
                given.computeIfAbsent(node, _ -> new AtomicLong()).incrementAndGet();
                return Optional.of(socket);
            } catch (IOException refused) {
                open.remove(socket);
                closeQuietly(socket);
                if (socket.isConnected()) {
                    return Optional.empty(); // some of it may have arrived
                }
            }
        }
        return Optional.empty();
    }

    private void watch(int node) {
        while (!door.isClosed()) {
            if (isReady(nodes.get(node))) {
                away.remove(node);
            } else {
                away.add(node);
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean isReady(InetSocketAddress node) {
        try (var socket = new Socket()) {
            socket.connect(node, CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.getOutputStream()
                    .write("GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(ISO_8859_1));
            InputStream in = socket.getInputStream();
            return Exchange.head(in).filter(head -> head.status() == 200).isPresent();
        } catch (IOException | RuntimeException silent) {
            return false;
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is what was wanted
        }
    }
}
