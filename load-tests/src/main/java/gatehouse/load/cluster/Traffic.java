package gatehouse.load.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Clients with sessions of their own, each of which hears its stream, that together make so many calls a second.
public final class Traffic implements AutoCloseable {

    private static final int MOST_UNDER_WAY = 5000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
    private final List<Counter> clients = new ArrayList<>();
    private final Thread beat;

    private Traffic(double rate) {
        this.beat = Thread.ofPlatform().name("calls").unstarted(() -> call(rate));
    }

    /// Opens every session, and begins to call.
    ///
    /// @param rate calls a second, of all clients together
    public static Traffic start(URI route, Ledger ledger, int clients, double rate)
            throws IOException, InterruptedException {
        var traffic = new Traffic(rate);
        for (var i = 0; i < clients; i++) {
            traffic.clients.add(Counter.open(traffic.http, route, ledger));
        }
        traffic.beat.start();
        return traffic;
    }

    private void call(double rate) {
        var begun = System.nanoTime();
        try {
            for (var n = 0L; ; n++) {
                var due = begun + (long) (n * 1_000_000_000L / rate);
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                var client = clients.get((int) (n % clients.size()));
                room.acquire();
                callers.execute(() -> {
                    try {
                        client.call();
                    } finally {
                        room.release();
                    }
                });
            }
        } catch (InterruptedException over) {
            // no more calls
        }
    }

    /// Ends calling, and waits until every call under way has ended; the streams are heard on.
    public void settle() throws InterruptedException {
        beat.interrupt();
        beat.join();
        room.acquire(MOST_UNDER_WAY);
        room.release(MOST_UNDER_WAY);
    }

    @Override
    public void close() {
        beat.interrupt();
        clients.forEach(Counter::leave);
        callers.close();
        http.shutdownNow();
    }
}
