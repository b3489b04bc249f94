package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Neighbours;
import java.util.LinkedHashSet;
import java.util.Set;

/// Who reads a session's own stream: one connection at a time. Who has hung up does not come back, whatever of what it
/// asked before is still on its way.
final class Readers {

    /// Names of those who hung up; what they asked before arrives soon or never.
    private static final int REMEMBERED = 8;

    private final Neighbours neighbours;
    private final Set<Reader> departed = new LinkedHashSet<>();
    private Reader latest = Reader.NOBODY;
    private boolean attached;

    Readers(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    /// What becomes of a reader that asks.
    enum Entrance {
        GRANTED,
        OCCUPIED,
        DEPARTED
    }

    /// A connection that resumes takes the place of the one before it: the client knows best which of them is dead.
    /// Who
    /// asks twice did not hear the answer.
    Entrance judge(Reader reader, boolean resumed) {
        if (departed.contains(reader)) {
            return Entrance.DEPARTED;
        }
        return present() && !resumed && !reader.equals(latest) ? Entrance.OCCUPIED : Entrance.GRANTED;
    }

    void enter(Reader reader) {
        latest = reader;
        attached = true;
    }

    /// Whether it was the one that reads.
    boolean leave(Reader reader) {
        if (departed.add(reader) && departed.size() > REMEMBERED) {
            departed.remove(departed.iterator().next());
        }
        if (!attached || !reader.equals(latest)) {
            return false;
        }
        attached = false;
        return true;
    }

    /// Whoever reads has to ask again.
    void lose() {
        attached = false;
    }

    /// Who died with its node cannot hang up.
    boolean present() {
        return attached && neighbours.of(latest.node()) != Neighbours.Whereabouts.GONE;
    }

    /// Who reads, or read last.
    Reader latest() {
        return latest;
    }
}
