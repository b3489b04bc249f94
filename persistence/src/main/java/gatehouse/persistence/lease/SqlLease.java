package gatehouse.persistence.lease;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.jspecify.annotations.Nullable;

/// A lease in the database that all nodes share. Whoever holds it renews it; who cannot is as good as one who lost it.
///
/// Named in the configuration and made by Pekko. It has a thread of its own: nothing that waits for the database may
/// keep it from being renewed.
public final class SqlLease extends Lease {

    private final LeaseSettings settings;
    private final LeaseTable table;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lease").factory());
    private volatile long heldUntil; // on our own clock, and sooner than on that of the database
    private volatile boolean held;
    private Consumer<Optional<Throwable>> lost = reason -> {}; // this and the next: the thread's alone
    private @Nullable ScheduledFuture<?> renewal;

    public SqlLease(LeaseSettings settings, ExtendedActorSystem system) {
        this.settings = settings;
        this.table = system.settings()
                .setup()
                .get(LeaseStore.class)
                .orElseThrow(() -> new IllegalStateException("the actor system was not started with Storage.setup"))
                .table();
        system.registerOnTermination(thread::shutdownNow);
    }

    @Override
    public LeaseSettings getSettings() {
        return settings;
    }

    @Override
    public CompletionStage<Boolean> acquire() {
        return acquire(reason -> {});
    }

    @Override
    public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> leaseLost) {
        return soon(() -> {
            lost = leaseLost;
            if (take() && renewal == null) {
                var every = settings.timeoutSettings().getHeartbeatInterval().toMillis();
                renewal = thread.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
            }
            return held;
        });
    }

    @Override
    public CompletionStage<Boolean> release() {
        return soon(() -> {
            rest();
            table.give(settings.leaseName(), settings.ownerName());
            return true;
        });
    }

    @Override
    public boolean checkLease() {
        return held && System.nanoTime() - heldUntil < 0;
    }

    private boolean take() throws SQLException {
        var time = settings.timeoutSettings().getHeartbeatTimeout();
        var before = System.nanoTime();
        held = table.take(settings.leaseName(), settings.ownerName(), time);
        heldUntil = before + time.toNanos();
        return held;
    }

    private void renew() {
        try {
            if (!take()) {
                lose(Optional.empty());
            }
        } catch (SQLException outOfReach) {
            if (!checkLease()) {
                lose(Optional.of(outOfReach));
            }
        }
    }

    private void lose(Optional<Throwable> reason) {
        rest();
        lost.accept(reason);
    }

    private void rest() {
        held = false;
        if (renewal != null) {
            renewal.cancel(false);
            renewal = null;
        }
    }

    /// One thing asked of the database.
    private interface Step {
        boolean run() throws SQLException;
    }

    private CompletionStage<Boolean> soon(Step step) {
        var answer = new CompletableFuture<Boolean>();
        thread.execute(() -> {
            try {
                answer.complete(step.run());
            } catch (SQLException outOfReach) {
                answer.completeExceptionally(outOfReach);
            }
        });
        return answer.orTimeout(settings.timeoutSettings().getOperationTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
}
