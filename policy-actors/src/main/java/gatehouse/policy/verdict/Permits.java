package gatehouse.policy.verdict;

import java.util.concurrent.atomic.AtomicBoolean;

/// What a call or a stream holds while it lasts. Giving back twice is giving back once.
public final class Permits {

    private final Runnable giveBack;
    private final AtomicBoolean held = new AtomicBoolean(true);

    public Permits(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    public void giveBack() {
        if (held.compareAndSet(true, false)) {
            giveBack.run();
        }
    }
}
