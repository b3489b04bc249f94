package gatehouse.persistence.outbox;

import gatehouse.session.lifecycle.SessionKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many bytes each principal's streams hold in the store, as far as this node wrote them: nobody holds more than
/// their share.
///
/// Bytes are remembered by session and by when they were written, and go with the session, with what is trimmed, or
/// with their time. It is an estimate on the safe side: what is trimmed counts as the oldest, though it may be younger.
/// There are as many sessions here as a principal may have, and those that ended lately.
final class Holdings {

    private static final int SLOTS = 16;

    /// The end of a stream up to this size is always taken: it says why there is no more.
    private static final long LAST_WORDS = 4096;

    private static final class Slot {
        private final long time;
        private long bytes;

        private Slot(long time) {
            this.time = time;
        }
    }

    private static final class Holding {
        private final Map<SessionKey, Deque<Slot>> sessions = new HashMap<>(2);
        private long total;
        private long looked;
    }

    private final int most;
    private final long slot;
    private final InstantSource clock;
    private final LinkedHashMap<String, Holding> owners = new LinkedHashMap<>(16, 0.75f, true); // longest quiet first

    /// @param most bytes of one principal
    /// @param kept how long what was written stays
    Holdings(int most, Duration kept, InstantSource clock) {
        this.most = most;
        this.slot = Math.max(1, kept.toMillis() / SLOTS);
        this.clock = clock;
    }

    int most() {
        return most;
    }

    /// False if there is no room for it in what the session's principal may hold.
    synchronized boolean take(Append append) {
        var session = append.stream().session();
        var time = clock.millis() / slot;
        var holding = owners.computeIfAbsent(session.owner(), owner -> new Holding());
        forgetOld(holding, time);
        forgetQuiet(time);
        var lastWords = append.closes() && append.bytes() <= LAST_WORDS;
        if (!lastWords && holding.total > most - append.bytes()) {
            return false;
        }
        put(holding, session, append.bytes(), time);
        return true;
    }

    /// What is not in the store any more, or did not get there.
    synchronized void give(SessionKey session, long bytes) {
        var holding = owners.get(session.owner());
        var slots = holding == null ? null : holding.sessions.get(session);
        if (holding == null || slots == null) {
            return;
        }
        for (var left = bytes; left > 0 && !slots.isEmpty(); ) {
            var oldest = slots.getFirst();
            var given = Math.min(left, oldest.bytes);
            oldest.bytes -= given;
            holding.total -= given;
            left -= given;
            if (oldest.bytes == 0) {
                slots.removeFirst();
            }
        }
    }

    synchronized void drop(SessionKey session) {
        var holding = owners.get(session.owner());
        var slots = holding == null ? null : holding.sessions.remove(session);
        if (holding != null && slots != null) {
            holding.total -= sum(slots);
        }
    }

    private static void put(Holding holding, SessionKey session, long bytes, long time) {
        var slots = holding.sessions.computeIfAbsent(session, key -> new ArrayDeque<>(2));
        if (slots.isEmpty() || slots.getLast().time != time) {
            slots.addLast(new Slot(time));
        }
        slots.getLast().bytes += bytes;
        holding.total += bytes;
        holding.looked = Math.max(holding.looked, time);
    }

    private static void forgetOld(Holding holding, long time) {
        if (holding.looked == time) {
            return;
        }
        holding.looked = time;
        holding.sessions.values().removeIf(slots -> {
            while (!slots.isEmpty() && slots.getFirst().time < time - SLOTS) {
                holding.total -= slots.removeFirst().bytes;
            }
            return slots.isEmpty();
        });
    }

    private void forgetQuiet(long time) {
        var quiet = owners.values().iterator();
        while (quiet.hasNext() && quiet.next().looked < time - SLOTS) {
            quiet.remove();
        }
    }

    private static long sum(Deque<Slot> slots) {
        return slots.stream().mapToLong(held -> held.bytes).sum();
    }
}
