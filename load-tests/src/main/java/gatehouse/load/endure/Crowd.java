package gatehouse.load.endure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

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
        var failed = new AtomicReference<>(Optional.<IOException>empty());
        var errands = new ArrayList<Callable<T>>();
        for (var n = 0; n < count; n++) {
            var number = n;
            errands.add(() -> {
                var result = unless(failed, errand, number);
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

    /// Once one has failed the rest are not even begun: against a node that hangs each would wait its full
    /// patience.
    private static <T> T unless(AtomicReference<Optional<IOException>> failed, Errand<T> errand, int number)
            throws Exception {
        var earlier = failed.get();
        if (earlier.isPresent()) {
            throw earlier.get();
        }
        try {
            return errand.run(number);
        } catch (IOException e) {
            failed.set(Optional.of(e));
            throw e;
        }
    }

    private static void say(String what, int done, int count) {
        if (done == count || done % Math.max(1, count / WORDS) == 0) {
            System.out.println(what + ": " + done + " of " + count);
        }
    }
}
