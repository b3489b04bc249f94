package gatehouse.persistence;

import com.typesafe.config.ConfigFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.state.DurableStateStoreRegistry;
import org.apache.pekko.persistence.state.javadsl.DurableStateUpdateStore;
import org.junit.jupiter.api.Test;

/// What the store can do: durable events and new states per second, their latency, and what it costs at start.
///
/// Not part of the build's tests. Run it with
/// `mvn -pl persistence -am test -Dtest=StorageBench -Dsurefire.failIfNoSpecifiedTests=false`
/// and find the table in `persistence/target/surefire-reports`.
class StorageBench {

    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(4);
    private static final String TEXT = "x".repeat(500);

    @Test
    void measure() throws Exception {
        for (var store : List.of(TestStore.H2_FILE, TestStore.POSTGRESQL)) {
            start(store == TestStore.POSTGRESQL ? synced() : store.url());
            var url = store == TestStore.POSTGRESQL ? synced() : store.url();
            try (var storage = Storage.open(TestStore.settings(url, Map.of()))) {
                run("warm", 32, WARM_UP, streams(storage, "warm"));
                for (var inFlight : List.of(1, 32, 512)) {
                    run(store + " events of 500 B", inFlight, MEASURED, streams(storage, "s" + inFlight));
                }
                states(store, storage);
            }
        }
    }

    /// The tests' server does not sync its commits to the disk; a real one does.
    private static String synced() throws Exception {
        var server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    }

    private static void states(TestStore store, Storage storage) throws Exception {
        var config = ConfigFactory.parseString("pekko.actor.provider = local, pekko.loglevel = OFF")
                .withFallback(TestStore.defaults());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "bench", storage.setup(config));
        var states = states(system);
        run("warm", 32, WARM_UP, create(states, "warm"));
        for (var inFlight : List.of(1, 32, 512)) {
            run(store + " new states", inFlight, MEASURED, create(states, "c" + inFlight));
        }
        system.terminate();
        Await.result(system.getWhenTerminated());
    }

    @SuppressWarnings("unchecked")
    static DurableStateUpdateStore<Object> states(ActorSystem<Void> system) {
        return DurableStateStoreRegistry.get(system)
                .getDurableStateStoreFor(DurableStateUpdateStore.class, "gatehouse.states");
    }

    private static LongFunction<CompletionStage<Done>> create(DurableStateUpdateStore<Object> states, String name) {
        var next = new AtomicLong();
        var state = new Notebook.Notes(List.of(TEXT), Instant.EPOCH);
        return lane -> states.upsertObject("session|" + name + next.incrementAndGet(), 1, state, "tenant-1");
    }

    /// Every lane appends to its own stream, one after the other.
    private static LongFunction<CompletionStage<Done>> streams(Storage storage, String name) {
        var numbers = new AtomicLong[512];
        Arrays.setAll(numbers, i -> new AtomicLong());
        return lane -> storage.outbox()
                .append(
                        Streams.stream("s", name + "-" + lane),
                        List.of(Streams.message(numbers[(int) lane].getAndIncrement(), TEXT)));
    }

    private static void run(String what, int inFlight, Duration time, LongFunction<CompletionStage<Done>> act)
            throws Exception {
        var latencies = new ConcurrentLinkedQueue<Long>();
        var begin = System.nanoTime();
        var end = begin + time.toNanos();
        var lanes = new CompletableFuture<?>[inFlight];
        for (var lane = 0; lane < inFlight; lane++) {
            lanes[lane] = new CompletableFuture<>();
            repeat(act, lane, end, latencies, lanes[lane]);
        }
        CompletableFuture.allOf(lanes).get(60, TimeUnit.SECONDS);
        var seconds = (System.nanoTime() - begin) / 1e9;
        var sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        if (!what.equals("warm")) {
            System.out.printf(
                    "%-32s %4d in flight %9.0f/s   p50 %6.2f ms   p99 %6.2f ms%n",
                    what, inFlight, sorted.length / seconds, at(sorted, 0.5), at(sorted, 0.99));
        }
    }

    private static void repeat(
            LongFunction<CompletionStage<Done>> act,
            long lane,
            long end,
            ConcurrentLinkedQueue<Long> latencies,
            CompletableFuture<?> over) {
        var begin = System.nanoTime();
        act.apply(lane).whenCompleteAsync((done, failure) -> {
            var now = System.nanoTime();
            latencies.add(now - begin);
            if (failure != null) {
                over.completeExceptionally(failure);
            } else if (now > end) {
                over.complete(null);
            } else {
                repeat(act, lane, end, latencies, over);
            }
        });
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) (quantile * (sorted.length - 1))] / 1e6;
    }

    /// A fresh process each, on the same database: the first makes the schema, the others are ordinary starts.
    private static void start(String url) throws Exception {
        for (var i = 0; i < 3; i++) {
            var child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StartOnce.class.getName(),
                            url)
                    .inheritIO()
                    .start();
            child.waitFor();
        }
    }
}
