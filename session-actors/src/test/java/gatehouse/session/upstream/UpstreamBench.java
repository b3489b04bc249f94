package gatehouse.session.upstream;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.call;
import static gatehouse.session.upstream.Upstreaming.got;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// Times one call of 1 KB after another: over a bare socket, our connections, and Pekko's host pool. Not a test.
final class UpstreamBench {

    private static final int WARM_UP = 4000;
    private static final int BATCH = 1000;
    private static final int ROUNDS = 5;

    private UpstreamBench() {}

    public static void main(String[] arguments) throws Exception {
        var kit = Upstreaming.kit();
        try (var upstream = FakeUpstream.start();
                var socket = new Socket(InetAddress.getLoopbackAddress(), upstream.port());
                var client = new StreamableClient(kit.system(), at(upstream.url()), Upstreaming.settings())) {
            upstream.on("tools/call", Script.result("{\"text\":\"" + "x".repeat(1000) + "\"}"));
            socket.setTcpNoDelay(true);
            var ways = new LinkedHashMap<String, Callable<Object>>();
            ways.put("socket", () -> bare(socket));
            ways.put("ours", () -> got(client.send(call(1))));
            ways.put("host pool", () -> pooled(kit.system(), upstream));
            measure(ways);
        }
        kit.shutdownTestKit();
    }

    private static void measure(Map<String, Callable<Object>> ways) throws Exception {
        for (var way : ways.values()) {
            nanos(way, WARM_UP);
        }
        var medians = new LinkedHashMap<String, ArrayList<String>>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var way : ways.entrySet()) {
                var nanos = nanos(way.getValue(), BATCH);
                medians.computeIfAbsent(way.getKey(), any -> new ArrayList<>())
                        .add(nanos[BATCH / 2] / 1000 + "/" + nanos[BATCH * 99 / 100] / 1000);
            }
        }
        medians.forEach((way, figures) -> System.out.println(way + " p50/p99 µs: " + figures));
    }

    private static long[] nanos(Callable<Object> way, int times) throws Exception {
        var nanos = new long[times];
        for (int i = 0; i < times; i++) {
            var start = System.nanoTime();
            way.call();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static Object bare(Socket socket) throws IOException {
        var body = call(1).message().bytes().utf8String();
        var head = "POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
        var buffer = new byte[4096];
        int read = 0;
        while (read < 1000) {
            read += socket.getInputStream().read(buffer, 0, buffer.length);
        }
        return read;
    }

    private static Object pooled(ActorSystem<?> system, FakeUpstream upstream) {
        var entity = HttpEntities.create(
                ContentTypes.APPLICATION_JSON, call(1).message().bytes());
        var request = HttpRequest.POST(upstream.url().toString()).withEntity(entity);
        return got(Http.get(system)
                .singleRequest(request)
                .thenCompose(response -> response.entity().toStrict(1000, system))
                .toCompletableFuture());
    }
}
