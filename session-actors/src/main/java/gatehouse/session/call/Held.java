package gatehouse.session.call;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;

/// A stream that holds something while it runs. It lets go when it ends, however it ends, and also if it never begins:
/// a client may be gone before the first byte of its answer.
public final class Held {

    private static final Duration TO_BEGIN = Duration.ofSeconds(5);

    private Held() {}

    public static <T> Source<T, NotUsed> until(Source<T, NotUsed> source, Runnable letGo, ActorSystem<?> system) {
        var begun = new AtomicBoolean();
        var gone = new AtomicBoolean();
        Runnable once = () -> {
            if (gone.compareAndSet(false, true)) {
                letGo.run();
            }
        };
        var unbegun = system.scheduler()
                .scheduleOnce(
                        TO_BEGIN,
                        () -> {
                            if (!begun.get()) {
                                once.run();
                            }
                        },
                        system.executionContext());
        return source.watchTermination((unused, done) -> {
            begun.set(true);
            unbegun.cancel();
            done.whenComplete((end, failure) -> once.run());
            return unused;
        });
    }
}
