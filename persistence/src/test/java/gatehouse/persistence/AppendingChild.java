package gatehouse.persistence;

import gatehouse.session.lifecycle.Outbox;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A process that appends to many streams until it is killed, and says what it was told is stored.
final class AppendingChild {

    private static final int STREAMS = 16;

    private AppendingChild() {}

    /// Takes the url of the database, and which life this is.
    public static void main(String[] arguments) throws InterruptedException {
        var keepAll = Map.<String, Object>of("outbox.stream.entries", 1_000_000, "outbox.stream.bytes", "1 GiB");
        var storage = Storage.open(TestStore.settings(arguments[0], keepAll));
        for (var i = 0; i < STREAMS; i++) {
            append(storage.outbox(), "life-" + arguments[1] + "-" + i, 0);
        }
        new CountDownLatch(1).await(1, TimeUnit.MINUTES);
        System.exit(1); // nobody killed it
    }

    static String text(long number) {
        return "x".repeat((int) (number * 37 % 2000));
    }

    private static void append(Outbox outbox, String name, long number) {
        outbox.append(Streams.stream("s", name), List.of(Streams.message(number, text(number))))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        System.out.println("failed " + failure);
                    } else {
                        System.out.println(name + " " + number + " .");
                        append(outbox, name, number + 1);
                    }
                });
    }
}
