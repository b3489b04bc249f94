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
    private final Map<Principal, Share> shares = new HashMap<>();
    private long bytes; // of all of them

    Parked(ActorSystem<?> system, ModernSettings.Parking settings) {
        this.system = system;
        this.settings = settings;
    }

    /// What is held of some calls.
    private record Share(int count, long bytes) {
        static final Share NONE = new Share(0, 0);

        Share plus(ParkedCall call) {
            return new Share(count + 1, bytes + call.bytes());
        }

        Share minus(ParkedCall call) {
            return new Share(count - 1, bytes - call.bytes());
        }
    }

    /// A call that waits, how much is held of it, and what ends its waiting.
    private record ParkedCall(LegCall call, long bytes, Cancellable deadline) {
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
        var parked = new ParkedCall(call, call.size(), deadline);
        var full = locked(() -> full(parked).or(() -> {
            calls.put(name, parked);
            shares.put(parked.principal(), share(parked.principal()).plus(parked));
            bytes += parked.bytes();
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
    void retain(Predicate<LegKey> holds) {
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
        shares.computeIfPresent(
                parked.principal(), (principal, share) -> share.count() == 1 ? null : share.minus(parked));
        bytes -= parked.bytes();
        return parked;
    }

    private Optional<Denial> full(ParkedCall next) {
        var share = share(next.principal()).plus(next);
        if (share.count() > settings.ofPrincipal()) {
            return crowded(Denial.Scope.PARKED_OF_AGENT, settings.ofPrincipal());
        }
        if (share.bytes() > settings.ofPrincipalBytes()) {
            return crowded(Denial.Scope.PARKED_BYTES_OF_AGENT, settings.ofPrincipalBytes());
        }
        if (calls.size() >= settings.ofNode()) {
            return crowded(Denial.Scope.PARKED_OF_NODE, settings.ofNode());
        }
        return bytes + next.bytes() > settings.ofNodeBytes()
                ? crowded(Denial.Scope.PARKED_BYTES_OF_NODE, settings.ofNodeBytes())
                : Optional.empty();
    }

    private static Optional<Denial> crowded(Denial.Scope scope, int most) {
        return Optional.of(new Denial.Crowded(scope, most));
    }

    private Share share(Principal principal) {
        return shares.getOrDefault(principal, Share.NONE);
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
