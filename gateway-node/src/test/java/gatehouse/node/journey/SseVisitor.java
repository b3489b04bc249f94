package gatehouse.node.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A client of HTTP+SSE that shows the wire as it is.
final class SseVisitor implements AutoCloseable {

    /// One event of the stream; without a type and data once the stream has ended.
    record Said(String type, String data) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String[] headers;
    private final HttpResponse<InputStream> stream;
    private final BufferedReader lines;
    private final URI messages;

    /// @param route without anything after its name
    SseVisitor(URI route, String... headers) {
        this.headers = headers;
        var request = builder(URI.create(route + "/sse")).header("Accept", "text/event-stream");
        this.stream = http.sendAsync(request.GET().build(), BodyHandlers.ofInputStream())
                .join();
        this.lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
        this.messages = stream.statusCode() == 200 ? route.resolve(next().data()) : route;
    }

    HttpResponse<InputStream> stream() {
        return stream;
    }

    URI messages() {
        return messages;
    }

    SseVisitor open(String version) {
        post("""
                {"jsonrpc":"2.0","id":"open","method":"initialize","params":{"protocolVersion":"%s",\
                "capabilities":{"elicitation":{}},"clientInfo":{"name":"old","version":"1"}}}""".formatted(version));
        return this;
    }

    SseVisitor begin(String version) {
        open(version).next();
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return this;
    }

    HttpResponse<String> post(String json, String... more) {
        var request = builder(messages).header("Content-Type", "application/json");
        for (var i = 0; i < more.length; i += 2) {
            request.setHeader(more[i], more[i + 1]);
        }
        return http.sendAsync(
                        request.POST(HttpRequest.BodyPublishers.ofString(json)).build(), BodyHandlers.ofString())
                .join();
    }

    Said next() {
        var type = "";
        var data = "";
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    type = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).strip();
                } else if (line.isEmpty() && !data.isEmpty()) {
                    return new Said(type, data);
                }
            }
        } catch (IOException broken) {
            return new Said("", "");
        }
        return new Said("", "");
    }

    List<Said> next(int count) {
        var said = new ArrayList<Said>();
        for (var i = 0; i < count; i++) {
            said.add(next());
        }
        return said;
    }

    /// Drops the stream.
    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder builder(URI at) {
        var builder = HttpRequest.newBuilder(at).timeout(PATIENCE);
        for (var i = 0; i < headers.length; i += 2) {
            builder.setHeader(headers[i], headers[i + 1]);
        }
        return builder;
    }
}
