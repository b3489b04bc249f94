package gatehouse.session.call;

import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Route;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;

/// One message of a client, proven and read, with what its HTTP request said beside it.
///
/// @param session the session id the client presents; empty if none
/// @param version what `MCP-Protocol-Version` says; empty if nothing
/// @param passed headers that go on to the upstream untouched
/// @param headers every value of a header, by name
/// @param gone completes when the client's connection is no more
/// @param whole whether nothing goes back but the answer: then who asks its client something is told that it cannot be
/// asked
public record Inbound(
        Principal principal,
        Route route,
        Course course,
        Message message,
        String session,
        String version,
        List<Header> passed,
        Function<String, List<String>> headers,
        CompletionStage<Done> gone,
        boolean whole) {

    public Inbound {
        passed = List.copyOf(passed);
    }

    public Call call() {
        return new Call(principal, route, course);
    }

    /// With headers that go on as well.
    public Inbound passing(List<Header> more) {
        var all = new ArrayList<>(passed);
        all.addAll(more);
        return new Inbound(principal, route, course, message, session, version, all, headers, gone, whole);
    }

    public Inbound withoutSession() {
        return within("");
    }

    /// The same, said in that session.
    public Inbound within(String other) {
        return new Inbound(principal, route, course, message, other, version, passed, headers, gone, whole);
    }

    /// The same, whose client has gone when that completes.
    public Inbound until(CompletionStage<Done> other) {
        return new Inbound(principal, route, course, message, session, version, passed, headers, other, whole);
    }

    public Inbound saying(Message other) {
        return new Inbound(principal, route, course, other, session, version, passed, headers, gone, whole);
    }

    /// The same, with nothing to go back but the answer.
    public Inbound answeredWhole() {
        return new Inbound(principal, route, course, message, session, version, passed, headers, gone, true);
    }
}
