package gatehouse.node.edge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/// Everything the node's two sockets serve, by path: MCP and bare health towards clients, full health towards operators.
public final class Edge {

    private static final String MCP = "/mcp/";

    private Edge() {}

    /// What clients reach.
    static Function<HttpRequest, CompletionStage<HttpResponse>> clients(McpRoutes mcp, HealthRoutes health) {
        return request -> {
            var path = request.getUri().path();
            if (path.startsWith(MCP)) {
                return mcp.handle(request, path.substring(MCP.length()));
            }
            return now(request, switch (path) {
                case "/health/live" -> health.live();
                case "/health/ready" -> health.ready();
                default -> nothing();
            });
        };
    }

    /// What operators reach.
    static Function<HttpRequest, CompletionStage<HttpResponse>> operators(HealthRoutes health) {
        return request -> now(request, switch (request.getUri().path()) {
            case "/health/live" -> health.live();
            case "/health/ready" -> health.ready();
            case "/health/detail" -> health.detail();
            default -> nothing();
        });
    }

    private static CompletionStage<HttpResponse> now(HttpRequest request, HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }

    private static HttpResponse nothing() {
        return Answers.json(404, ByteString.fromString("{\"error\":\"nothing is here; MCP is at /mcp/{route}\"}"));
    }
}
