package gatehouse.persistence.database;

import gatehouse.session.lifecycle.StoreBusy;
import gatehouse.session.lifecycle.StoreOutOfReach;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs short statements on a few threads of its own, with a bounded queue before them.
///
/// Platform threads, not virtual ones: the embedded database does file I/O, which would hold the carriers that all
/// other virtual threads share.
public final class Queries implements AutoCloseable {

    private final Database database;
    private final ThreadPoolExecutor threads;

    public Queries(Database database, int threads, int queue) {
        this.database = database;
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(queue),
                Thread.ofPlatform().daemon().name("storage-query-", 0).factory());
        this.threads.allowCoreThreadTimeOut(true);
    }

    public <T> CompletionStage<T> run(Database.Work<T> work) {
        var answer = new CompletableFuture<T>();
        try {
            threads.execute(() -> answer(work, answer));
        } catch (RejectedExecutionException full) {
            answer.completeExceptionally(new StoreBusy("queries"));
        }
        return answer;
    }

    private <T> void answer(Database.Work<T> work, CompletableFuture<T> answer) {
        try {
            answer.complete(database.run(work));
        } catch (SQLException failure) {
            answer.completeExceptionally(new StoreOutOfReach(failure));
        } catch (RuntimeException broken) {
            answer.completeExceptionally(broken);
        }
    }

    /// Lets what was asked finish: an interrupt in the middle of file I/O would close the embedded database's file.
    @Override
    public void close() {
        threads.close();
    }
}
