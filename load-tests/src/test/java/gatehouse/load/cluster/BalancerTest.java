package gatehouse.load.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BalancerTest {

    private final List<Node> nodes = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Balancer balancer;

    /// Answers with its own name, as a whole or in chunks; `/die` takes the request and hangs up.
    private static final class Node {
        private final HttpServer server;
        private final AtomicInteger taken = new AtomicInteger();

        Node(String name) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                var path = exchange.getRequestURI().getPath();
                var body = exchange.getRequestBody().readAllBytes();
                if (path.equals("/health/ready")) {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                    return;
                }
                taken.incrementAndGet();
                if (path.equals("/die")) {
                    throw new IOException("as it was asked to");
                }
                var answer = (name + new String(body, UTF_8)).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, path.equals("/chunks") ? 0 : answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
        }
    }

    @BeforeEach
    void start() throws IOException {
        nodes.add(new Node("a"));
        nodes.add(new Node("b"));
        balancer = Balancer.start(
                0, nodes.stream().map(node -> node.server.getAddress()).toList());
    }

    @AfterEach
    void stop() throws IOException {
        balancer.close();
        nodes.forEach(node -> node.server.stop(0));
        http.close();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + balancer.port() + path))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void requests_go_to_one_node_after_the_other_and_answers_come_as_they_are() throws Exception {
        var answers = new HashSet<String>();
        for (var i = 0; i < 10; i++) {
            answers.add(post(i % 3 == 0 ? "/chunks" : "/whole", "-" + "x".repeat(70_000))
                    .body()
                    .substring(0, 3));
        }

        assertThat(answers).containsExactlyInAnyOrder("a-x", "b-x");
        assertThat(balancer.given(0)).isEqualTo(5);
        assertThat(balancer.given(1)).isEqualTo(5);
    }

    @Test
    void a_node_that_is_not_there_gets_nothing_and_nobody_notices() throws Exception {
        nodes.getFirst().server.stop(0);

        for (var i = 0; i < 6; i++) {
            assertThat(post("/whole", "").body()).isEqualTo("b");
        }
    }

    @Test
    void what_a_node_has_taken_is_never_given_to_another() throws Exception {
        for (var i = 0; i < 4; i++) {
            try {
                assertThat(post("/die", "").statusCode()).isNotEqualTo(200);
            } catch (IOException brokenOff) {
                assertThat(brokenOff).isNotNull();
            }
        }

        assertThat(nodes.stream().mapToInt(node -> node.taken.get()).sum()).isEqualTo(4);
    }

    @Test
    void without_any_node_clients_hear_so() throws Exception {
        nodes.forEach(node -> node.server.stop(0));

        assertThat(post("/whole", "").statusCode()).isEqualTo(503);
    }
}
