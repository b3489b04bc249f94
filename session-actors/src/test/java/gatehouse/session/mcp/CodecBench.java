package gatehouse.session.mcp;

import gatehouse.session.mcp.Reading.Read;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;

/// Measures the reader on one thread: `java -cp … gatehouse.session.mcp.CodecBench [rounds]`.
final class CodecBench {

    private static final int BATCH = 20_000;

    private CodecBench() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        var codec = new Codec(Samples.LIMITS, Samples.UPSTREAM_LIMITS);
        var call = ByteString.fromString(Samples.call(1024));
        var answer = ByteString.fromString(Samples.answer(1024));
        var message = ((Read) codec.fromClient(call)).message();
        measure("fromClient, call of 1 KiB", rounds, () -> codec.fromClient(call));
        measure("fromUpstream, answer of 1 KiB", rounds, () -> codec.fromUpstream(answer));
        measure(
                "withText + withId",
                rounds,
                () -> message.withText(Place.PARAMS_NAME, "other").withId(new Id.Number(77)));
        measure("scan for clean UTF-8, 1 KiB", rounds, () -> Utf8.faultIn(call.toArrayUnsafe()));
    }

    /// Prints the fastest and the middle round.
    private static void measure(String what, int rounds, Supplier<Object> work) {
        var nanos = new long[rounds];
        int sink = 0; // printed, so that no work can be left out as unused
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                sink += work.get().hashCode() & 1;
            }
            nanos[round] = (System.nanoTime() - start) / BATCH;
        }
        Arrays.sort(nanos);
        System.out.println(String.format(
                Locale.ROOT, "%-32s best %6d ns, median %6d ns (%d)", what, nanos[0], nanos[rounds / 2], sink));
    }
}
