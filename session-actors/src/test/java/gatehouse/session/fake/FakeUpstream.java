package gatehouse.session.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/// An MCP server that does what a test tells it to, good or bad, and remembers what reached it.
public final class FakeUpstream implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final ServerSocket server;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Arrival> unseen = new LinkedBlockingQueue<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Tally accepted = new Tally();
    private final Tally open = new Tally();
    private final Thread accepting = Thread.ofVirtual().unstarted(this::accept);

    private volatile boolean slams;

    private FakeUpstream(ServerSocket server) {
        this.server = server;
    }

    /// Knows nothing yet: it answers every request with 404.
    public static FakeUpstream start() {
        try {
            return serving(new ServerSocket(0, 1024, LOOPBACK));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FakeUpstream serving(ServerSocket server) {
        var upstream = new FakeUpstream(server);
        upstream.accepting.start();
        return upstream;
    }

    /// Speaks 2025-11-25: gives out a session and insists on it.
    public static FakeUpstream legacy() {
        return start().also(FakeEras::legacy);
    }

    /// Speaks 2026-07-28 alone.
    public static FakeUpstream modern() {
        return start().also(FakeEras::modern);
    }

    /// Speaks both.
    public static FakeUpstream dual() {
        return start().also(FakeEras::modern).also(FakeEras::legacy);
    }

    /// Speaks over TLS.
    public static FakeUpstream secure(SSLContext context) {
        try {
            return serving(context.getServerSocketFactory().createServerSocket(0, 1024, LOOPBACK));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Ends every connection as soon as it is made.
    public static FakeUpstream slamming() {
        var upstream = start();
        upstream.slams = true;
        return upstream;
    }

    private FakeUpstream also(Consumer<FakeUpstream> setUp) {
        setUp.accept(this);
        return this;
    }

    /// Answers requests of that JSON-RPC method, or of that HTTP method where no JSON-RPC method is named.
    public FakeUpstream on(String method, Script script) {
        scripts.put(method, script);
        return this;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/mcp");
    }

    public int port() {
        return server.getLocalPort();
    }

    /// All requests so far, oldest first.
    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /// Waits for the next request that no earlier call of this method returned.
    public Arrival next() throws InterruptedException, TimeoutException {
        var arrival = unseen.poll(5, TimeUnit.SECONDS);
        if (arrival == null) {
            throw new TimeoutException("nothing arrived within 5 s");
        }
        return arrival;
    }

    /// Connections accepted so far.
    public int accepted() {
        return accepted.value();
    }

    /// Connections open now.
    public int open() {
        return open.value();
    }

    /// Waits until that many connections are open.
    public void awaitOpen(int connections) throws InterruptedException, TimeoutException {
        open.await(connections);
    }

    /// Ends every open connection in good order, as an upstream does that restarts.
    public void hangUp() {
        sockets.forEach(FakeUpstream::close);
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                accepted.add(1);
                open.add(1);
                sockets.add(socket);
                if (slams) {
                    close(socket);
                }
                var connection = new FakeConnection(socket, accepted.value(), this::scriptFor);
                Thread.ofVirtual().start(() -> {
                    connection.serve();
                    sockets.remove(socket);
                    open.add(-1);
                });
            }
        } catch (IOException closed) {
            hangUp();
        }
    }

    private Script scriptFor(Arrival arrival) {
        arrivals.add(arrival);
        unseen.add(arrival);
        return scripts.getOrDefault(arrival.key(), Script.status(404));
    }

    /// Nothing listens any more once this returns: a server socket somebody accepts from is only let go by them.
    @Override
    public void close() {
        try {
            server.close();
            if (!accepting.join(Duration.ofSeconds(5))) {
                throw new IllegalStateException("still accepting");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        hangUp();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // which is what was wanted
        }
    }
}
