package gatehouse.load.beat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The moment all lines agree to start from, which comes when the last of them is connected.
final class Start {

    private final CountDownLatch missing;
    private volatile long nanos;

    Start(int lines) {
        missing = new CountDownLatch(lines);
    }

    /// The common start; a line that waits too long for the others starts all the same.
    long meet() throws InterruptedException {
        synchronized (missing) {
            if (missing.getCount() == 1) {
                nanos = System.nanoTime() + 1_000_000;
            }
            missing.countDown();
        }
        return missing.await(60, TimeUnit.SECONDS) ? nanos : System.nanoTime();
    }
}
