package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions whose clients never said goodbye: they end by themselves, and nothing is left of them.
class ExpiryTest {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}";
    private static final String[] HASTE = {
        "gateway.node.sweep = 200 ms", "gateway.session.passivate = 300 ms", "gateway.session.linger = 100 ms"
    };

    @TempDir
    private Path directory;

    @Test
    void a_session_nobody_touches_is_swept_away_with_all_it_held() {
        try (var upstream = FakeUpstream.legacy();
                var node = start(upstream, "gateway.session.idle = 2 s")) {
            var client = new McpClient(node.route("open")).open("2025-11-25");
            upstream.on("tools/call", streaming());
            client.call(McpClient.toolCall(1, "slow")).rest();
            assertThat(rows("durable_state")).isOne();
            assertThat(rows("outbox")).isPositive();
            Counts.await(node, "sessions", 0);

            Counts.await("rows of sessions", () -> rows("durable_state"), 0);

            Counts.await("rows of streams", () -> rows("outbox"), 0);
            Counts.await("goodbyes to the upstream", () -> goodbyes(upstream), 1);
            assertThat(client.post(LIST).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_session_that_is_used_again_and_again_ends_when_it_is_too_old() {
        try (var upstream = FakeUpstream.legacy();
                var node = start(upstream, "gateway.session.idle = 2 s", "gateway.session.absolute = 3 s")) {
            var client = new McpClient(node.route("open")).open("2025-11-25");

            Counts.await("status", () -> client.post(LIST).statusCode(), 404);

            Counts.await("rows of sessions", () -> rows("durable_state"), 0);
            Counts.await("goodbyes to the upstream", () -> goodbyes(upstream), 1);
        }
    }

    @Test
    void who_listens_keeps_the_session_beyond_its_idle_time_but_not_beyond_its_age() {
        try (var upstream = FakeUpstream.legacy();
                var node = start(upstream, "gateway.session.idle = 2 s", "gateway.session.absolute = 4 s")) {
            upstream.on("GET", Script.events(Step.hang()));
            var client = new McpClient(node.route("open")).open("2025-11-25");
            var opened = System.nanoTime();

            assertThat(client.listen().rest()).hasSizeLessThanOrEqualTo(1);

            assertThat(System.nanoTime() - opened).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(3_500));
            Counts.await("rows of sessions", () -> rows("durable_state"), 0);
            Counts.await("rows of streams", () -> rows("outbox"), 0);
            Counts.await("goodbyes to the upstream", () -> goodbyes(upstream), 1);
        }
    }

    /// The sweeper looks at a few of the oldest: those that are used but write nothing must not stand in its way.
    @Test
    void a_session_somebody_listens_to_is_written_as_seen_when_the_sweeper_finds_it() {
        try (var upstream = FakeUpstream.legacy();
                var node = start(upstream, "gateway.session.idle = 2 s")) {
            upstream.on("GET", Script.events(Step.hang()));
            var client = new McpClient(node.route("open")).open("2025-11-25");
            try (var stream = client.listen()) {
                stream.next();
                var written = revision();

                Counts.await("written again", () -> revision() > written ? 1 : 0, 1);
            }
        }
    }

    private LocalNode start(FakeUpstream upstream, String... settings) {
        var all = new ArrayList<>(List.of(HASTE));
        all.addAll(List.of(settings));
        return LocalNode.start(upstream.url(), directory, all.toArray(String[]::new));
    }

    private static Script streaming() {
        return Script.eventsOf(arrival ->
                List.of(Step.event(NOTE), Step.event(Script.resultOf(arrival, "{\"content\":[]}")), Step.end()));
    }

    private static int goodbyes(FakeUpstream upstream) {
        return (int) upstream.arrivals().stream()
                .filter(arrival -> arrival.method().equals("DELETE"))
                .count();
    }

    private int rows(String table) {
        return ask("select count(*) from " + table);
    }

    private int revision() {
        return ask("select max(revision) from durable_state");
    }

    private int ask(String query) {
        var store = "jdbc:h2:file:" + directory.resolve("store") + ";DATABASE_TO_UPPER=FALSE";
        try (var connection = DriverManager.getConnection(store);
                var select = connection.prepareStatement(query);
                var row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
