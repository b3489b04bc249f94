package gatehouse.session.upstream.sse;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;

/// What tests of HTTP+SSE sessions say, and how they are set up.
final class SseSaying {

    private SseSaying() {}

    static Upstreams upstreams(ActorSystem<?> system, String settings) {
        return new Upstreams(
                system,
                Upstreaming.settings(
                        "gateway.upstream.sse { " + settings + " }",
                        "gateway.upstream.bounds { claim = 4 s, event = 4 KiB }"));
    }

    static Fault.Kind kind(Reply reply) {
        return ((Reply.Failed) reply).fault().kind();
    }

    static List<Header> headers(String session) {
        return List.of(Header.session(session), Header.version("2024-11-05"));
    }

    static Outbound.Post in(String session, Outbound.Post post) {
        return new Outbound.Post(post.message(), headers(session), post.deadline());
    }

    static Outbound.Post list(int id) {
        return post(Message.request(new Id.Number(id), "tools/list", "{}"));
    }

    static Outbound.Post progressing(int id, String token) {
        return post(Message.request(
                new Id.Number(id), "tools/call", "{\"name\":\"slow\",\"_meta\":{\"progressToken\":" + token + "}}"));
    }

    static Outbound.Post initialize() {
        return post(Message.request(
                new Id.Text("open"), "initialize", "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}"));
    }

    static Outbound.Post post(Message message) {
        return new Outbound.Post(message, List.of(), Duration.ofSeconds(5));
    }
}
