package gatehouse.load.proxy;

import gatehouse.load.process.Fork;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// nginx as a plain reverse proxy with keep-alive towards the upstream, in the foreground and without a log.
public record Nginx(Fork fork, Path directory, int port) implements Closeable {

    private static final int ATTEMPTS = 50;

    /// Where nginx is installed, if it is.
    public static Optional<Path> installed() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Nginx start(Path binary, String upstream) throws IOException {
        var directory = Files.createTempDirectory("gatehouse-nginx");
        var port = freePort();
        var conf = Files.writeString(directory.resolve("nginx.conf"), config(port, upstream));
        var fork = Fork.silent(
                List.of(binary.toString(), "-p", directory.toString(), "-c", conf.toString(), "-e", "stderr"));
        var nginx = new Nginx(fork, directory, port);
        if (!nginx.listens()) {
            nginx.close();
            throw new IOException("nginx did not listen on 127.0.0.1:" + port + " within five seconds");
        }
        return nginx;
    }

    public long pid() {
        return fork.pid();
    }

    @Override
    public void close() throws IOException {
        fork.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    static String config(int port, String upstream) {
        return """
                daemon off;
                worker_processes auto;
                pid nginx.pid;
                error_log stderr error;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                    scgi_temp_path scgi; uwsgi_temp_path uwsgi;
                    keepalive_requests 1000000000;
                    keepalive_timeout 75s;
                    upstream echo { server %s; keepalive 256; keepalive_requests 1000000000; }
                    server {
                        listen 127.0.0.1:%d;
                        location / {
                            proxy_pass http://echo;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            proxy_next_upstream off;
                        }
                    }
                }
                """.formatted(upstream, port);
    }

    private boolean listens() {
        for (var attempt = 0; attempt < ATTEMPTS && fork.process().isAlive(); attempt++) {
            try (var knock = new Socket()) {
                knock.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return true;
            } catch (IOException _) {
                LockSupport.parkNanos(100_000_000L);
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
