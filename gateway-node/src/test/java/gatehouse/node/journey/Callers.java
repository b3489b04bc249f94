package gatehouse.node.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Clients with a session each that call again and again, and note what they get and how long it took.
final class Callers {

    /// How one prompt call ended; status 0 where the connection broke.
    record Called(int status, Duration took) {}

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private final List<McpClient> clients;
    private final ConcurrentLinkedQueue<Called> called = new ConcurrentLinkedQueue<>();

    private Callers(List<McpClient> clients) {
        this.clients = List.copyOf(clients);
    }

    /// Sessions that were opened at one node; some of them live at others.
    static Callers open(int count, RunningNode node) {
        return new Callers(IntStream.range(0, count)
                .mapToObj(i -> new McpClient(node.openRoute("up")).open("2025-11-25"))
                .toList());
    }

    void moveTo(RunningNode node) {
        clients.forEach(client -> client.moveTo(node.openRoute("up")));
    }

    /// All of them call for that long, each one call after the other, with a pause between.
    void call(Duration time, Duration pause) {
        var until = System.nanoTime() + time.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client : clients) {
                threads.execute(() -> {
                    do {
                        called.add(call(client));
                    } while (pauses(pause) && System.nanoTime() < until);
                });
            }
        }
    }

    /// What was noted so far.
    void forget() {
        called.clear();
    }

    private static Called call(McpClient client) {
        var since = System.nanoTime();
        var status = status(client);
        return new Called(status, Duration.ofNanos(System.nanoTime() - since));
    }

    private static int status(McpClient client) {
        try {
            return client.post(LIST).statusCode();
        } catch (IllegalStateException broken) {
            return 0;
        }
    }

    private static boolean pauses(Duration pause) {
        try {
            return !new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Map<Integer, Integer> statuses() {
        var statuses = new TreeMap<Integer, Integer>();
        called.forEach(call -> statuses.merge(call.status(), 1, Integer::sum));
        return statuses;
    }

    Duration slowest() {
        return Collections.max(called.stream().map(Called::took).toList());
    }

    @Override
    public String toString() {
        var times = new ArrayList<>(called.stream().map(Called::took).sorted().toList());
        return "%d calls, %s, median %s, slowest %s"
                .formatted(times.size(), statuses(), times.get(times.size() / 2), times.getLast());
    }
}
