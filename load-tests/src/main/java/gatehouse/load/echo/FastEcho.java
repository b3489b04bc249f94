package gatehouse.load.echo;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;

/// An MCP upstream on one thread that echoes faster than any proxy in front of it can ask.
public final class FastEcho implements Closeable {

    private static final int MOST_VISITORS = 20_000;

    private final Selector selector;
    private final ServerSocketChannel door;
    private final Thread loop;
    private final Answers answers;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final Set<Visitor> busy = new HashSet<>();

    private FastEcho(Selector selector, ServerSocketChannel door, int tools) {
        this.answers = new Answers(tools);
        this.selector = selector;
        this.door = door;
        this.loop = Thread.ofPlatform().name("fast-echo").daemon().unstarted(this::run);
    }

    /// Listens on loopback; port 0 is any that is free.
    public static FastEcho start(int port) throws IOException {
        return start(port, 0);
    }

    /// The same with tools that are only there to be listed.
    public static FastEcho start(int port, int tools) throws IOException {
        var selector = Selector.open();
        var door = ServerSocketChannel.open();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
        var echo = new FastEcho(selector, door, tools);
        echo.loop.start();
        return echo;
    }

    public int port() {
        return door.socket().getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
        selector.wakeup();
        try {
            loop.join(5000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector) {
            while (door.isOpen()) {
                selector.select(this::serve, untilNextStep());
                takeSteps();
            }
            for (var key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("fast-echo cannot select any more", e);
        }
    }

    private void serve(SelectionKey key) {
        if (key.attachment() instanceof Visitor visitor) {
            attend(visitor, () -> key.isReadable() ? visitor.read(buffer) : visitor.flush());
        } else {
            accept();
        }
    }

    /// A connection that breaks is its visitor's business alone.
    private void attend(Visitor visitor, Visit visit) {
        var stays = false;
        try {
            stays = visit.go();
        } catch (IOException _) {
            stays = false;
        }
        if (stays && visitor.busy()) {
            busy.add(visitor);
        } else {
            busy.remove(visitor);
        }
        if (!stays) {
            visitor.close();
        }
    }

    private void accept() {
        try {
            for (var channel = door.accept(); channel != null; channel = door.accept()) {
                if (selector.keys().size() > MOST_VISITORS) {
                    channel.close();
                } else {
                    welcome(channel);
                }
            }
        } catch (IOException e) {
            // Out of file descriptors, or closing: whoever knocks meets the operating system's queue.
            Thread.onSpinWait();
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        var key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new Visitor(channel, key, answers));
    }

    private long untilNextStep() {
        var now = System.nanoTime();
        return busy.stream()
                .mapToLong(visitor -> Math.max(1, (visitor.due() - now + 999_999) / 1_000_000))
                .min()
                .orElse(0);
    }

    private void takeSteps() {
        var now = System.nanoTime();
        for (var visitor : Set.copyOf(busy)) {
            while (visitor.busy() && visitor.due() - now <= 0) {
                attend(visitor, visitor::step);
            }
        }
    }

    private interface Visit {
        boolean go() throws IOException;
    }
}
