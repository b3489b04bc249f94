package gatehouse.load.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// One client with a session: it hears its session's stream, comes back where that breaks, and calls a tool now and
/// then.
public final class Counter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "2025-11-25";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /// A stream that should say something every beat, and says nothing for so long, is taken for dead.
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private final HttpClient http;
    private final URI route;
    private final Ledger ledger;
    private final String session;
    private long due;
    private String lastEventId = "";
    private long retryMillis = 500;
    private volatile long heard = System.nanoTime();
    private volatile boolean over;
    private final AtomicLong ids = new AtomicLong();

    private Counter(HttpClient http, URI route, Ledger ledger, String session) {
        this.http = http;
        this.route = route;
        this.ledger = ledger;
        this.session = session;
    }

    /// A client with a session of its own, which hears it from now on.
    public static Counter open(HttpClient http, URI route, Ledger ledger) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(route)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s","capabilities":{},\
                        "clientInfo":{"name":"counter","version":"1"}}}""".formatted(VERSION)))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        var session = answer.headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow(() -> new IOException("no session: " + answer.statusCode() + " " + answer.body()));
        var counter = new Counter(http, route, ledger, session);
        counter.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        Thread.ofVirtual().name("counter").start(counter::listen);
        return counter;
    }

    /// Calls a tool that answers at once.
    public void call() {
        var id = ids.incrementAndGet();
        var text = session.substring(0, Math.min(6, session.length())) + "-" + id;
        ledger.sent();
        var begun = System.nanoTime();
        ledger.ended(outcome(id, text), System.nanoTime() - begun);
    }

    public void leave() {
        over = true;
        try {
            http.send(request().DELETE().build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException gone) {
            // it leaves all the same
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private Ledger.End outcome(long id, String text) {
        try {
            var answer = post("""
                    {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"echo","arguments":{"text":"%s"}}}""".formatted(id, text));
            return judge(answer.statusCode(), answer.body(), text);
        } catch (IOException broken) {
            return Ledger.End.UNKNOWN;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return Ledger.End.UNKNOWN;
        }
    }

    private Ledger.End judge(int status, String body, String text) throws IOException {
        if (status == 200 && body.contains("\"" + text + "\"")) {
            return Ledger.End.DONE;
        }
        if (status == 404) {
            ledger.sessionLost();
            return Ledger.End.REFUSED;
        }
        if (status == 429 || status == 503) {
            return Ledger.End.REFUSED;
        }
        if (status == 200 || status >= 500) {
            var outcome = body.startsWith("{")
                    ? tree(body).at("/error/data/gatehouse/outcome").asText()
                    : "";
            return outcome.equals("not sent") ? Ledger.End.REFUSED : Ledger.End.UNKNOWN;
        }
        ledger.complain("a call was answered with " + status + " " + body.substring(0, Math.min(200, body.length())));
        return Ledger.End.WRONG;
    }

    private void listen() {
        while (!over) {
            try {
                hear();
                Thread.sleep(retryMillis);
            } catch (IOException broken) {
                pause();
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(retryMillis);
        } catch (InterruptedException ended) {
            over = true;
        }
    }

    private void hear() throws IOException, InterruptedException {
        var request = request().header("Accept", "text/event-stream").GET();
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() == 200) {
                var watch = Thread.ofVirtual().start(() -> hangUpWhereSilent(body));
                try {
                    read(body);
                } finally {
                    watch.interrupt();
                }
            } else if (answer.statusCode() == 404) {
                ledger.sessionLost();
            }
        }
    }

    private void hangUpWhereSilent(InputStream body) {
        var since = System.nanoTime();
        try {
            while (Math.max(since, heard) + SILENCE.toNanos() > System.nanoTime()) {
                Thread.sleep(200);
            }
            body.close();
        } catch (InterruptedException | IOException over) {
            // it has ended by itself
        }
    }

    private void read(InputStream body) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        var id = "";
        for (var line = lines.readLine(); line != null && !over; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("retry: ")) {
                retryMillis = Math.clamp(Long.parseLong(line.substring(7)), 1, 5000);
            } else if (line.startsWith("data: ")) {
                count(tree(line.substring(6)));
            } else if (line.isEmpty() && !id.isEmpty()) {
                lastEventId = id;
            }
        }
    }

    private void count(JsonNode message) {
        var number = message.path("params").path("data");
        if (number.isNumber()) {
            var now = System.nanoTime();
            due = ledger.event(due, number.asLong(), (now - heard) / 1_000_000);
            heard = now;
        }
    }

    private HttpResponse<String> post(String message) throws IOException, InterruptedException {
        var request = request()
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(message));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(route).header("Mcp-Session-Id", session).header("MCP-Protocol-Version", VERSION);
    }

    private static JsonNode tree(String json) throws IOException {
        return json.isBlank() ? JSON.createObjectNode() : JSON.readTree(json);
    }
}
