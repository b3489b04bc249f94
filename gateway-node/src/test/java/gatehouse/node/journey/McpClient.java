package gatehouse.node.journey;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A legacy client that shows the wire as it is: what was answered, and every event with its id.
final class McpClient {

    /// One event of a stream.
    record Event(String id, String data) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
    private URI url;

    McpClient(URI url, String... headers) {
        this(HttpClient.newHttpClient(), url, headers);
    }

    McpClient(HttpClient http, URI url, String... headers) {
        this.http = http;
        this.url = url;
        this.headers.addAll(List.of(headers));
    }

    /// The same client and session at another address, as after a restart.
    void moveTo(URI other) {
        url = other;
    }

    McpClient open(String version) {
        return open(version, "{\"elicitation\":{}}");
    }

    /// @param capabilities what it can be asked, as JSON
    McpClient open(String version, String capabilities) {
        var opened = post(initialize(version, capabilities));
        if (opened.statusCode() != 200) {
            throw new IllegalStateException(opened.statusCode() + " " + opened.body());
        }
        headers.addAll(List.of(
                "Mcp-Session-Id",
                opened.headers().firstValue("Mcp-Session-Id").orElseThrow(),
                "MCP-Protocol-Version",
                version));
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return this;
    }

    String session() {
        return headers.get(headers.indexOf("Mcp-Session-Id") + 1);
    }

    HttpResponse<String> post(String json, String... more) {
        return send(request(more)
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    HttpResponse<String> delete() {
        return send(request().DELETE().build());
    }

    HttpResponse<String> get(String... more) {
        return send(request(more).header("Accept", "text/event-stream").GET().build());
    }

    EventStream call(String json) {
        return stream(request()
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    EventStream listen(String... more) {
        return stream(request(more).header("Accept", "text/event-stream").GET().build());
    }

    /// Drops every connection at once.
    void leave() {
        http.shutdownNow();
    }

    static String initialize(String version) {
        return initialize(version, "{\"elicitation\":{}}");
    }

    private static String initialize(String version, String capabilities) {
        return """
                {"jsonrpc":"2.0","id":"open","method":"initialize","params":{"protocolVersion":"%s",\
                "capabilities":%s,"clientInfo":{"name":"journey","version":"1"}}}""".formatted(version, capabilities);
    }

    static String toolCall(Object id, String tool) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":{}}}"
                .formatted(id, tool);
    }

    private HttpRequest.Builder request(String... more) {
        var builder = HttpRequest.newBuilder(url).timeout(PATIENCE);
        for (var i = 0; i < headers.size(); i += 2) {
            builder.setHeader(headers.get(i), headers.get(i + 1));
        }
        for (var i = 0; i < more.length; i += 2) {
            builder.setHeader(more[i], more[i + 1]);
        }
        return builder;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private EventStream stream(HttpRequest request) {
        try {
            return new EventStream(http.send(request, BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// An answer read event by event. Closing it closes the connection.
    static final class EventStream implements AutoCloseable {

        private final HttpResponse<InputStream> response;
        private final java.io.BufferedReader lines;
        private boolean broken;

        EventStream(HttpResponse<InputStream> response) {
            this.response = response;
            this.lines = new java.io.BufferedReader(
                    new java.io.InputStreamReader(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        }

        int status() {
            return response.statusCode();
        }

        String type() {
            return response.headers().firstValue("Content-Type").orElse("");
        }

        /// The next event; one without id and data marks the end, in good order or not.
        Event next() {
            var id = "";
            var data = "";
            try {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id:")) {
                        id = line.substring(3).strip();
                    } else if (line.startsWith("data:")) {
                        data = line.substring(5).strip();
                    } else if (line.isEmpty() && !(id.isEmpty() && data.isEmpty())) {
                        return new Event(id, data);
                    }
                }
            } catch (IOException failure) {
                broken = true;
            }
            return new Event("", "");
        }

        /// Whether it broke off instead of ending in good order.
        boolean broken() {
            return broken;
        }

        /// What is left, as it is: of an answer that is no stream, all of it.
        String body() {
            return lines.lines().collect(java.util.stream.Collectors.joining("\n"));
        }

        /// Everything up to the end.
        List<Event> rest() {
            var events = new ArrayList<Event>();
            for (var event = next(); !event.equals(new Event("", "")); event = next()) {
                events.add(event);
            }
            return events;
        }

        @Override
        public void close() {
            try {
                response.body().close();
            } catch (IOException gone) {
                throw new IllegalStateException(gone);
            }
        }
    }
}
