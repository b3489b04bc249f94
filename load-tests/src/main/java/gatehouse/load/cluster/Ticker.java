package gatehouse.load.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// An upstream of revision 2025-11-25 whose sessions tick: each counts from its beginning, one message a beat, by
/// itself,
/// and gives again what somebody who comes back with `Last-Event-ID` has missed. Its tool `echo` gives back a text,
/// `count`
/// counts within a call.
public final class Ticker implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SESSION = "Mcp-Session-Id";
    private static final int MOST_SESSIONS = 50_000;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Duration beat;
    private final Map<String, Long> sessions = new ConcurrentHashMap<>(); // when each began
    private final AtomicLong called = new AtomicLong();

    private Ticker(HttpServer server, ExecutorService threads, Duration beat) {
        this.server = server;
        this.threads = threads;
        this.beat = beat;
    }

    public static Ticker start(Duration beat) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // it waits 40 ms for an acknowledgement otherwise
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        var ticker = new Ticker(server, Executors.newVirtualThreadPerTaskExecutor(), beat);
        server.setExecutor(ticker.threads);
        server.createContext("/mcp", ticker::handle);
        server.start();
        return ticker;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    }

    /// How often a tool was called.
    public long called() {
        return called.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "POST" -> post(exchange, JSON.readTree(exchange.getRequestBody()));
                case "GET" -> tick(exchange);
                default -> {
                    sessions.remove(session(exchange));
                    exchange.sendResponseHeaders(200, -1);
                }
            }
        } catch (IOException gone) {
            // whoever asked has left
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(HttpExchange exchange, JsonNode message) throws IOException, InterruptedException {
        if (!message.has("id") || !message.has("method")) {
            exchange.sendResponseHeaders(202, -1);
            return;
        }
        switch (message.get("method").asText()) {
            case "initialize" -> initialize(exchange, message);
            case "tools/call" -> call(exchange, message);
            case "tools/list" -> answer(exchange, message, """
                    {"tools":[{"name":"echo","inputSchema":{"type":"object"}},{"name":"count","inputSchema":{"type":"object"}}]}""");
            default -> answer(exchange, message, "{}");
        }
    }

    private void initialize(HttpExchange exchange, JsonNode message) throws IOException {
        if (sessions.size() == MOST_SESSIONS) {
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        var session = UUID.randomUUID().toString();
        sessions.put(session, System.nanoTime());
        exchange.getResponseHeaders().set(SESSION, session);
        answer(exchange, message, """
                {"protocolVersion":"2025-11-25","capabilities":{"tools":{},"logging":{}},\
                "serverInfo":{"name":"ticker","version":"1"}}""");
    }

    private void call(HttpExchange exchange, JsonNode message) throws IOException, InterruptedException {
        called.incrementAndGet();
        var params = message.path("params");
        var text = params.path("arguments").path("text").asText();
        var result = "{\"content\":[{\"type\":\"text\",\"text\":" + JSON.writeValueAsString(text) + "}]}";
        if (!params.path("name").asText().equals("count")) {
            answer(exchange, message, result);
            return;
        }
        var out = stream(exchange);
        for (var i = 0; i < params.path("arguments").path("to").asInt(10); i++) {
            event(out, "c" + i, number(i));
            Thread.sleep(beat);
        }
        event(out, "end", "{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + ",\"result\":" + result + "}");
    }

    private void tick(HttpExchange exchange) throws IOException, InterruptedException {
        var since = sessions.get(session(exchange));
        if (since == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        var out = stream(exchange);
        for (var next = last == null ? 0 : Long.parseLong(last) + 1; ; next++) {
            var due = since + beat.multipliedBy(next).toNanos();
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            event(out, Long.toString(next), number(next));
        }
    }

    private static String session(HttpExchange exchange) {
        var session = exchange.getRequestHeaders().getFirst(SESSION);
        return session == null ? "" : session;
    }

    private static OutputStream stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static String number(long number) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":"
                + number + "}}";
    }

    private static void event(OutputStream out, String id, String data) throws IOException {
        out.write(("id: " + id + "\ndata: " + data + "\n\n").getBytes(UTF_8));
        out.flush();
    }

    private static void answer(HttpExchange exchange, JsonNode message, String result) throws IOException {
        var body = ("{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + ",\"result\":" + result + "}").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }
}
