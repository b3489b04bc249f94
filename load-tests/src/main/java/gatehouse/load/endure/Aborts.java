package gatehouse.load.endure;

import gatehouse.load.wire.Script;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

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
        var plan = plan(sessions);
        var aborter = new Aborter(script, SLOW_MILLIS);
        var ways = Crowd.run("sessions left", sessions, atOnce, n -> {
            var abort = plan.get(n);
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

    private List<Abort> plan(int sessions) {
        var random = new Random(seed);
        var ways = List.copyOf(EnumSet.allOf(Abort.class));
        return Stream.generate(() -> ways.get(random.nextInt(ways.size())))
                .limit(sessions)
                .toList();
    }
}
