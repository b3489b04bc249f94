package gatehouse.session.crossing.modern;

import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/// The calls of this node whose upstream waits for an answer of the client. Each is named by something nobody can
/// guess, is claimed once, and is given up when its time is over.
final class Parked {

    private final ActorSystem<?> system;
    private final ModernSettings.Parking settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ParkedCall> calls = new HashMap<>();
    private final Map<Principal, Integer> shares = new HashMap<>();

    Parked(ActorSystem<?> system, ModernSettings.Parking settings) {
        this.system = system;
        this.settings = settings;
    }

    /// A call that waits, and what ends its waiting.
    private record ParkedCall(LegCall call, Cancellable deadline) {
        Principal principal() {
            return call.leg().key().principal();
        }

        UpstreamId upstream() {
            return call.leg().key().upstream().id();
        }
    }

    /// Whether there was room.
    sealed interface Parking {
        record Kept(String name) implements Parking {}

        record Full(Denial denial) implements Parking {}
    }

    Parking park(LegCall call) {
        var name = Ids.unguessable();
        var deadline = system.scheduler().scheduleOnce(settings.life(), () -> expire(name), system.executionContext());
        var parked = new ParkedCall(call, deadline);
        var full = locked(() -> full(parked.principal()).or(() -> {
            calls.put(name, parked);
            shares.merge(parked.principal(), 1, Integer::sum);
            return Optional.empty();
        }));
        full.ifPresent(denial -> deadline.cancel());
        return full.<Parking>map(Parking.Full::new).orElseGet(() -> new Parking.Kept(name));
    }

    /// The call, for its own principal and upstream, and only once.
    Optional<LegCall> claim(String name, Principal principal, UpstreamId upstream) {
        var claimed = locked(() -> Optional.ofNullable(calls.get(name))
                .filter(parked -> parked.principal().equals(principal)
                        && parked.upstream().equals(upstream))
                .map(parked -> removed(name, parked)));
        return claimed.map(parked -> {
            parked.deadline().cancel();
            return parked.call();
        });
    }

    int count() {
        return locked(calls::size);
    }

    /// Gives all of them up.
    void close() {
        locked(() -> List.copyOf(calls.keySet())).forEach(this::expire);
    }

    /// Gives up those that may not be held any more.
    void retain(Predicate<SharedLeg.Key> holds) {
        locked(() -> Map.copyOf(calls)).forEach((name, parked) -> {
            if (!holds.test(parked.call().leg().key())) {
                end(name, "the client may not be asked any more");
            }
        });
    }

    private void expire(String name) {
        end(name, "the client did not answer in time");
    }

    private void end(String name, String why) {
        locked(() -> Optional.ofNullable(calls.get(name)).map(parked -> removed(name, parked)))
                .ifPresent(parked -> {
                    parked.deadline().cancel();
                    parked.call().giveUp(why);
                });
    }

    private ParkedCall removed(String name, ParkedCall parked) {
        calls.remove(name);
        shares.computeIfPresent(parked.principal(), (principal, count) -> count == 1 ? null : count - 1);
        return parked;
    }

    private Optional<Denial> full(Principal principal) {
        if (shares.getOrDefault(principal, 0) >= settings.ofPrincipal()) {
            return Optional.of(new Denial.Crowded(Denial.Scope.PARKED_OF_AGENT, settings.ofPrincipal()));
        }
        return calls.size() >= settings.ofNode()
                ? Optional.of(new Denial.Crowded(Denial.Scope.PARKED_OF_NODE, settings.ofNode()))
                : Optional.empty();
    }

    private <T> T locked(Supplier<T> steps) {
        lock.lock();
        try {
            return steps.get();
        } finally {
            lock.unlock();
        }
    }
}
