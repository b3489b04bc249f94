package gatehouse.config.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Whether this node may still answer from memory: not once the others may have taken what it has.
///
/// They do so with a node they have not heard for as long as their patience. A node that was frozen for that long does
/// not know of it when it goes on, so it judges by its own pulse: between two beats less than that must have passed.
/// What is lost stays lost: such a node ends, and begins anew.
public final class Footing {

    private final long patience;
    private final LongSupplier nanos;
    private volatile long beat;
    private volatile boolean lost;

    /// @param nanos a clock that goes on while this node is frozen
    public Footing(Duration patience, LongSupplier nanos) {
        this.patience = patience.toNanos();
        this.nanos = nanos;
        this.beat = nanos.getAsLong();
    }

    /// Of a node nobody takes anything from.
    public static Footing firm() {
        return new Footing(Duration.ofDays(36_500), System::nanoTime);
    }

    public boolean holds() {
        return nanos.getAsLong() - beat <= patience && !lost; // in this order: who loses it says so before it beats
    }

    /// Whether it holds still. Who is frozen in the midst of it has the time of before to go by.
    boolean beat() {
        var now = nanos.getAsLong();
        if (now - beat > patience) {
            lost = true;
        }
        beat = now;
        return !lost;
    }

    /// The others have removed this node, or are about to.
    void lose() {
        lost = true;
    }
}
