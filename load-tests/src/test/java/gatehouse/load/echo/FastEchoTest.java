package gatehouse.load.echo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.load.wire.Era;
import gatehouse.load.wire.Key;
import gatehouse.load.wire.Line;
import gatehouse.load.wire.Reply;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Session;
import gatehouse.load.wire.Target;
import gatehouse.load.wire.ToolCall;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FastEchoTest {
    private FastEcho echo;
    private Target target;
    private Line line;

    @BeforeEach
    void start() throws IOException {
        echo = FastEcho.start(0);
        target = Target.at("echo", URI.create("http://127.0.0.1:" + echo.port() + "/mcp"), Key.NONE);
        line = Line.open(target.address(), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() throws IOException {
        line.close();
        echo.close();
    }

    @Test
    void a_legacy_session_opens_with_an_id_calls_and_ends() throws IOException {
        var script = new Script(target, Era.LEGACY);

        var session = Session.open(script, line);
        var reply = line.send(script.call(session.id(), ToolCall.echo("héllo \\\"there\\\"", "\"seven\"")));

        assertThat(session.id()).startsWith("echo-");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"seven\",\"result\":{\"content\":[{\"type\":\"text\",\"text\":"
                        + "\"héllo \\\"there\\\"\"}],\"isError\":false}}");
        assertThat(line.send(script.end(session.id())).status()).isEqualTo(200);
    }

    @Test
    void a_modern_call_is_complete() throws IOException {
        var reply = line.send(new Script(target, Era.MODERN).call("", ToolCall.echo("hi", "1")));

        assertThat(reply.text()).contains("\"text\":\"hi\"").contains("\"resultType\":\"complete\"");
    }

    @Test
    void a_modern_client_discovers_and_may_not_initialize() throws IOException {
        var modern = "MCP-Protocol-Version: 2026-07-28\r\n";

        assertThat(post(modern, "{\"id\":1,\"method\":\"server/discover\"}").text())
                .contains("\"supportedVersions\":[\"2026-07-28\"]")
                .contains("\"ttlMs\":60000");
        assertThat(post(modern, "{\"id\":1,\"method\":\"initialize\"}").status())
                .isEqualTo(404);
    }

    @Test
    void more_tools_may_be_listed_than_work() throws IOException {
        try (var wide = FastEcho.start(0, 17);
                var other = Line.open(
                        Target.at("wide", URI.create("http://127.0.0.1:" + wide.port() + "/mcp"), Key.NONE)
                                .address(),
                        Duration.ofSeconds(5))) {
            var script = new Script(
                    Target.at("wide", URI.create("http://127.0.0.1:" + wide.port() + "/mcp"), Key.NONE), Era.MODERN);

            var listed = other.send(script.tools("", "1")).text();

            assertThat(listed.split("\"inputSchema\"", -1)).hasSize(1 + 3 + 17);
            assertThat(listed).contains("\"ttlMs\":60000");
        }
    }

    @Test
    void the_tools_are_listed() throws IOException {
        assertThat(post("", "{\"id\":1,\"method\":\"tools/list\"}").text())
                .contains("\"echo\"")
                .contains("\"slow\"")
                .contains("\"sse\"");
    }

    @Test
    void a_ping_is_answered_and_an_unknown_method_or_tool_is_not() throws IOException {
        assertThat(post("", "{\"id\":1,\"method\":\"ping\"}").text()).contains("\"result\":{}");
        assertThat(post("", "{\"id\":1,\"method\":\"dance\"}").status()).isEqualTo(404);
        assertThat(post("", "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"dance\"}}")
                        .text())
                .contains("-32602");
    }

    @Test
    void a_notification_is_accepted_and_a_get_stream_is_not_offered() throws IOException {
        assertThat(post("", "{\"method\":\"notifications/cancelled\"}").status())
                .isEqualTo(202);
        assertThat(line.send(new Script(target, Era.LEGACY).stream("echo-1")).status())
                .isEqualTo(405);
    }

    @Test
    void the_slow_tool_tells_its_progress_before_it_answers() throws IOException {
        var reply = line.send(new Script(target, Era.LEGACY).call("echo-1", ToolCall.slow(8, "5")));

        assertThat(reply.header("content-type")).contains("text/event-stream");
        assertThat(reply.text().split("\n\n"))
                .hasSize(5)
                .satisfies(events -> assertThat(events[0]).contains("\"progressToken\":5,\"progress\":0"))
                .satisfies(events -> assertThat(events[4]).contains("\"id\":5,\"result\""));
    }

    @Test
    void the_sse_tool_answers_with_one_event() throws IOException {
        var reply = line.send(
                new Script(target, Era.LEGACY).call("echo-1", new ToolCall("sse", "{\"text\":\"x\"}", "1", false)));

        assertThat(reply.text()).startsWith("event: message\ndata: {").endsWith("}\n\n");
    }

    @Test
    void requests_may_come_in_pieces_and_several_at_once() throws IOException {
        var request = new String(new Script(target, Era.LEGACY).call("", ToolCall.echo("x", "1")), UTF_8);

        line.write(request.substring(0, 30).getBytes(UTF_8));
        var first = line.send((request.substring(30) + request).getBytes(UTF_8));
        var second = line.send(new byte[0]);

        assertThat(first.text()).contains("\"text\":\"x\"").isEqualTo(second.text());
    }

    @Test
    void a_body_that_is_too_long_or_of_unknown_length_ends_the_connection() throws IOException {
        var reply = line.send("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n".getBytes(UTF_8));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.last()).isTrue();
    }

    private Reply post(String headers, String body) throws IOException {
        return line.send(("POST /mcp HTTP/1.1\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(UTF_8));
    }
}
