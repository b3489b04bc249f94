package gatehouse.node.edge;

import gatehouse.session.Exchange;
import gatehouse.session.call.Answer;
import gatehouse.session.call.Visit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;

/// What the session of an HTTP+SSE client says by itself. It is asked again when it stops, until the session or the
/// stream is no more.
final class SseHearing {

    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int NOT_FOUND = 404;

    private final ActorSystem<?> system;
    private final Exchange exchange;
    private final SseEvents events;
    private final Runnable forgotten;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean ended;

    /// @param forgotten is run when the session is no more
    SseHearing(ActorSystem<?> system, Exchange exchange, SseEvents events, Runnable forgotten) {
        this.system = system;
        this.exchange = exchange;
        this.events = events;
        this.forgotten = forgotten;
    }

    void begin(Visit visit) {
        if (begun.compareAndSet(false, true)) {
            listen(visit);
        }
    }

    void end() {
        ended = true;
    }

    private void listen(Visit visit) {
        if (ended) {
            return;
        }
        exchange.listen(visit).whenComplete((answer, failure) -> {
            switch (answer) {
                case Answer.Streamed(var sent) -> events.send(sent, Source.empty(), () -> later(visit));
                case Answer.Refused(var ids, var refusal) when refusal.status() == NOT_FOUND -> forgotten.run();
                case Answer.Refused _, Answer.Single _, Answer.Accepted _, Answer.Ended _ -> later(visit);
                case null -> later(visit);
            }
        });
    }

    private void later(Visit visit) {
        system.scheduler().scheduleOnce(BETWEEN, () -> listen(visit), system.executionContext());
    }
}
