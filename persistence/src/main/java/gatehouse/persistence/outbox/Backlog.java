package gatehouse.persistence.outbox;

import gatehouse.persistence.outbox.OutboxSettings.Size;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits to be written, in order of arrival, bounded in entries and bytes.
final class Backlog {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Deque<Append> waiting = new ArrayDeque<>();
    private final Size bound;
    private int entries;
    private long bytes;
    private boolean closed;

    Backlog(Size bound) {
        this.bound = bound;
    }

    /// False when it would grow over its bound, or nothing is written any more. An append larger than the whole
    /// bound is taken if nothing else waits.
    boolean offer(Append append) {
        lock.lock();
        try {
            var full = entries + append.entries().size() > bound.entries() || bytes + append.bytes() > bound.bytes();
            if (closed || (full && !waiting.isEmpty())) {
                return false;
            }
            waiting.add(append);
            entries += append.entries().size();
            bytes += append.bytes();
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for something to write, and takes as much as one batch may hold, at least one append. Empty at the
    /// end.
    List<Append> take(Size batch) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                filled.awaitUninterruptibly();
            }
            return remove(batch);
        } finally {
            lock.unlock();
        }
    }

    /// Everything that waits now.
    List<Append> drain() {
        lock.lock();
        try {
            return remove(new Size(Integer.MAX_VALUE, Long.MAX_VALUE));
        } finally {
            lock.unlock();
        }
    }

    /// Takes nothing more; what waits is still handed out.
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    private List<Append> remove(Size batch) {
        var taken = new ArrayList<Append>();
        var room = batch.entries();
        var roomBytes = batch.bytes();
        while (!waiting.isEmpty()) {
            var next = waiting.getFirst();
            room -= next.entries().size();
            roomBytes -= next.bytes();
            if (!taken.isEmpty() && (room < 0 || roomBytes < 0)) {
                break;
            }
            taken.add(waiting.removeFirst());
            entries -= next.entries().size();
            bytes -= next.bytes();
        }
        return taken;
    }
}
