package gatehouse.session.fake;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/// One thing a [FakeUpstream] does while it answers.
public sealed interface Step {

    record Send(String bytes) implements Step {}

    record Pause(Duration time) implements Step {}

    /// Goes on when the test says so.
    record Await(CompletableFuture<?> gate) implements Step {}

    /// Goes on with whatever is fed, as it comes.
    record Follow(LinkedBlockingQueue<Step> feed) implements Step {}

    /// Is decided when its turn comes.
    record Later(Supplier<Step> step) implements Step {}

    /// Does nothing until the other side closes.
    record Hang() implements Step {}

    /// Ends the connection in good order.
    record Close() implements Step {}

    /// Resets the connection.
    record Drop() implements Step {}

    static Step send(String bytes) {
        return new Send(bytes);
    }

    static Step pause(Duration time) {
        return new Pause(time);
    }

    static Step await(CompletableFuture<?> gate) {
        return new Await(gate);
    }

    static Step follow(LinkedBlockingQueue<Step> feed) {
        return new Follow(feed);
    }

    static Step later(Supplier<Step> step) {
        return new Later(step);
    }

    static Step hang() {
        return new Hang();
    }

    static Step close() {
        return new Close();
    }

    static Step drop() {
        return new Drop();
    }

    /// One chunk of a chunked body.
    static Step chunk(String text) {
        var size = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        return new Send(Integer.toHexString(size) + "\r\n" + text + "\r\n");
    }

    /// One event of an event stream.
    static Step event(String data) {
        return chunk("event: message\ndata: " + data + "\n\n");
    }

    static Step event(String id, String data) {
        return chunk("id: " + id + "\ndata: " + data + "\n\n");
    }

    /// The end of a chunked body.
    static Step end() {
        return new Send("0\r\n\r\n");
    }
}
