package gatehouse.load.beat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// An upstream whose first answer takes its time.
final class Stalling implements Closeable {
    private static final Pattern NUMBER = Pattern.compile("\"id\":(\\d+)");

    private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Duration stall;

    Stalling(Duration stall) throws IOException {
        this.stall = stall;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void serve() {
        try (var visitor = door.accept()) {
            answer(visitor);
        } catch (IOException _) {
            // the beat is over
        }
    }

    private void answer(Socket visitor) throws IOException {
        var bytes = new byte[8192];
        LockSupport.parkNanos(stall.toNanos());
        for (var read = visitor.getInputStream().read(bytes);
                read > 0;
                read = visitor.getInputStream().read(bytes)) {
            var number = NUMBER.matcher(new String(bytes, 0, read, UTF_8));
            var body = number.find() ? "{\"id\":" + number.group(1) + ",\"text\":\"" + number.group(1) + "\"}" : "";
            visitor.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(UTF_8));
        }
    }
}
