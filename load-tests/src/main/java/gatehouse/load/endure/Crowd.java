package gatehouse.load.endure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Many of the same errand, so many of them at once, with a word now and then on how far they are.
final class Crowd {

    private static final int WORDS = 10;

    private Crowd() {}

    /// What `errand` does with a number; it deals with its own failures.
    interface Errand<T> {
        T run(int n) throws Exception;
    }

    static <T> List<T> run(String what, int count, int atOnce, Errand<T> errand) throws Exception {
        var done = new AtomicInteger();
        var errands = new ArrayList<Callable<T>>();
        for (var n = 0; n < count; n++) {
            var number = n;
            errands.add(() -> {
                var result = errand.run(number);
                say(what, done.incrementAndGet(), count);
                return result;
            });
        }
        try (var threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            var results = new ArrayList<T>();
            for (var result : threads.invokeAll(errands)) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void say(String what, int done, int count) {
        if (done == count || done % Math.max(1, count / WORDS) == 0) {
            System.out.println(what + ": " + done + " of " + count);
        }
    }
}
