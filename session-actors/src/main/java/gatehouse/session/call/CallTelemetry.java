package gatehouse.session.call;

import gatehouse.policy.verdict.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Counts how calls ended on this node.
public final class CallTelemetry {

    private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);

    public CallTelemetry() {
        for (var outcome : Outcome.values()) {
            ended.put(outcome, new LongAdder());
        }
    }

    public void ended(Outcome outcome) {
        var counter = ended.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    public long count(Outcome outcome) {
        var counter = ended.get(outcome);
        return counter == null ? 0 : counter.sum();
    }
}
