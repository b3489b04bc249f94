package gatehouse.session.fake;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A number that tests can wait for.
final class Tally {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int value;

    void add(int change) {
        lock.lock();
        try {
            value += change;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int value() {
        lock.lock();
        try {
            return value;
        } finally {
            lock.unlock();
        }
    }

    void await(int expected) throws InterruptedException, TimeoutException {
        lock.lock();
        try {
            var left = TimeUnit.SECONDS.toNanos(5);
            while (value != expected) {
                if (left <= 0) {
                    throw new TimeoutException("is " + value + ", not " + expected + ", after 5 s");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
