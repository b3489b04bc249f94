package gatehouse.load.endure;

import gatehouse.load.wire.Script;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Many sessions, each left in a way that a seed decides.
public record Aborts(Script script, int atOnce, long seed) {

    private static final int SLOW_MILLIS = 400;

    /// How many were left in which way, and the first things that went otherwise than planned.
    public record Tally(Map<String, Integer> ways, List<String> surprises, int surprised) {
        public Tally {
            ways = Map.copyOf(ways);
            surprises = List.copyOf(surprises);
        }
    }

    public Tally run(int sessions) throws Exception {
        var surprises = new ConcurrentLinkedQueue<String>();
        var aborter = new Aborter(script, SLOW_MILLIS);
        var ways = Crowd.run("sessions left", sessions, atOnce, n -> {
            var abort = way(n);
            try {
                aborter.leave(abort);
            } catch (IOException e) {
                surprises.add(abort + " of session " + n + ": " + e.getMessage());
            }
            return abort;
        });
        var counts = new EnumMap<Abort, Integer>(Abort.class);
        ways.forEach(way -> counts.merge(way, 1, Integer::sum));
        var named = new TreeMap<String, Integer>();
        counts.forEach((way, count) -> named.put(way.name(), count));
        return new Tally(named, surprises.stream().limit(5).toList(), surprises.size());
    }

    private Abort way(int n) {
        var ways = Abort.values();
        return ways[new Random(seed * 31 + n).nextInt(ways.length)];
    }
}
