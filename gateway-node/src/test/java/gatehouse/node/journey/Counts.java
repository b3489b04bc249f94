package gatehouse.node.journey;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/// What a node says it holds.
final class Counts {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Counts() {}

    static int of(LocalNode node, String name) {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(node.management("/health/detail")).build();
            var body = http.sendAsync(request, BodyHandlers.ofString()).join().body();
            var match = Pattern.compile('"' + name + "\":(\\d+)").matcher(body);
            if (!match.find()) {
                throw new IllegalArgumentException(name + " is not in " + body);
            }
            return Integer.parseInt(match.group(1));
        }
    }

    /// Waits until a count is what it should be, and fails with what it is.
    static void await(LocalNode node, String name, int expected) {
        await(name, () -> of(node, name), expected);
    }

    /// The same of anything that can be counted.
    static void await(String name, IntSupplier count, int expected) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        var found = count.getAsInt();
        while (found != expected) {
            if (System.nanoTime() > until) {
                throw new AssertionError(name + " is " + found + ", not " + expected);
            }
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
                    .join();
            found = count.getAsInt();
        }
    }
}
