package gatehouse.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickerTest {

    @Test
    void whoever_comes_back_gets_what_was_missed() throws Exception {
        try (var ticker = Ticker.start(Duration.ofMillis(5));
                var http = HttpClient.newHttpClient()) {
            var opened = http.send(
                    HttpRequest.newBuilder(ticker.url())
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            var session = opened.headers().firstValue("Mcp-Session-Id").orElseThrow();

            assertThat(ids(http, ticker, session, "")).containsExactly("0", "1", "2");
            assertThat(ids(http, ticker, session, "2")).containsExactly("3", "4", "5");
        }
    }

    private static List<String> ids(HttpClient http, Ticker ticker, String session, String last) throws Exception {
        var request = HttpRequest.newBuilder(ticker.url()).header("Mcp-Session-Id", session);
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        var ids = new ArrayList<String>();
        try (var lines = new BufferedReader(new InputStreamReader(
                http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            while (ids.size() < 3) {
                var line = lines.readLine();
                if (line.startsWith("id: ")) {
                    ids.add(line.substring(4));
                }
            }
        }
        return ids;
    }
}
