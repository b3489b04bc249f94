package gatehouse.session.call;

import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.verdict.Outcome;
import gatehouse.session.upstream.Fault;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Counts how calls ended on this node, and says which upstreams fail them.
public final class CallTelemetry {

    private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);

    private final Complaints complaints;

    public CallTelemetry(InstantSource clock) {
        complaints = new Complaints(clock);
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

    public void failed(UpstreamId upstream, Fault fault) {
        complaints.about(upstream, fault);
    }

    /// Where a route joins several, whoever asks one of them says what came of it.
    void failed(Course course, Fault fault) {
        if (!course.joined()) {
            failed(course.only().id(), fault);
        }
    }

    public long count(Outcome outcome) {
        var counter = ended.get(outcome);
        return counter == null ? 0 : counter.sum();
    }
}
