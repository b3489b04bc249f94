package gatehouse.session.fake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// One connection to a [FakeUpstream]: reads requests in one thread, so that it sees the other side close while it
/// answers.
final class FakeConnection {

    private static final JsonFactory JSON = new JsonFactory();

    private final Socket socket;
    private final int number;
    private final Function<Arrival, Script> scripts;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    FakeConnection(Socket socket, int number, Function<Arrival, Script> scripts) {
        this.socket = socket;
        this.number = number;
        this.scripts = scripts;
    }

    void serve() {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var arrival = arrival(line, in);
                var script = scripts.apply(arrival);
                Thread.ofVirtual().start(() -> answer(script, arrival));
            }
        } catch (IOException closed) {
            // the other side went away, or the script did
        } finally {
            gone.complete(null);
        }
    }

    private void answer(Script script, Arrival arrival) {
        try {
            for (var step : script.answer(arrival)) {
                if (!perform(step)) {
                    return;
                }
            }
        } catch (IOException closed) {
            gone.complete(null);
        }
    }

    /// False if nothing more is to be done on this connection.
    private boolean perform(Step step) throws IOException {
        switch (step) {
            case Step.Send(var bytes) -> socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            case Step.Pause(var time) ->
                gone.completeOnTimeout(null, 1, TimeUnit.HOURS)
                        .copy()
                        .completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS)
                        .join();
            case Step.Await(var gate) -> CompletableFuture.anyOf(gate, gone).join();
            case Step.Follow(var feed) -> follow(feed);
            case Step.Later(var later) -> {
                return perform(later.get());
            }
            case Step.Hang _ -> gone.join();
            case Step.Close _ -> socket.close();
            case Step.Drop _ -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
        return !gone.isDone() && !socket.isClosed();
    }

    private void follow(LinkedBlockingQueue<Step> feed) throws IOException {
        var _ = gone.thenRun(() -> feed.add(Step.close()));
        try {
            while (perform(feed.take())) {
                // goes on as long as there is anybody to read
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Arrival arrival(String requestLine, InputStream in) throws IOException {
        var words = requestLine.split(" ", 3);
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Arrival(number, words[0], words[1], headers, body, top(body, "method", ""), top(body, "id", "null"));
    }

    /// The plain value of a top-level member, a text of the id in quotes.
    private static String top(String body, String name, String otherwise) throws IOException {
        if (body.isEmpty()) {
            return otherwise;
        }
        try (var parser = JSON.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var found = parser.currentName().equals(name);
                var value = parser.nextToken();
                if (found) {
                    var quoted = value == JsonToken.VALUE_STRING && name.equals("id");
                    return quoted ? "\"" + parser.getText() + "\"" : parser.getText();
                }
                parser.skipChildren();
            }
        }
        return otherwise;
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
