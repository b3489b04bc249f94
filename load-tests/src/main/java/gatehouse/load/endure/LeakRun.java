package gatehouse.load.endure;

import gatehouse.load.process.Watched;
import java.io.IOException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/// Leaves many sessions in all the ways there are, and waits for the node to have forgotten every one of them.
public record LeakRun(Aborts aborts, Health health, Watched process, LeakPlan plan) {

    private static final int WARM_UP_SESSIONS = 200;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    public LeakFound run() throws Exception {
        var before = new TreeMap<>(health.counters());
        // The first sessions make what stays for good: threads, pools, open files.
        aborts.run(Math.min(plan.sessions(), WARM_UP_SESSIONS));
        before.putAll(ofProcess());
        System.out.println("before: " + before);
        var tally = aborts.run(plan.sessions());
        var after = settled(new Remains(before, plan.allowed()));
        return new LeakFound(tally, before, after, new Remains(before, plan.allowed()).of(after));
    }

    private SortedMap<String, Long> settled(Remains remains) throws IOException, InterruptedException {
        var end = System.nanoTime() + plan.settle().toNanos();
        var now = counters();
        while (!remains.of(now).isEmpty() && System.nanoTime() - end < 0) {
            System.out.println("not yet forgotten: " + String.join("; ", remains.of(now)));
            Thread.sleep(LOOK_AGAIN);
            now = counters();
        }
        return now;
    }

    private SortedMap<String, Long> counters() throws IOException {
        var all = new TreeMap<>(health.counters());
        all.putAll(ofProcess());
        return all;
    }

    private SortedMap<String, Long> ofProcess() {
        var counters = new TreeMap<String, Long>();
        if (process.known()) {
            counters.put("descriptors", process.descriptors());
            counters.put("threads", process.threads());
        }
        return counters;
    }
}
