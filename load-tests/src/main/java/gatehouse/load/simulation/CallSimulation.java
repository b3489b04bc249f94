package gatehouse.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import gatehouse.load.wire.Era;
import gatehouse.load.wire.Line;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Session;
import gatehouse.load.wire.Target;
import gatehouse.load.wire.ToolCall;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The calls of the table once more, by Gatling: one target after the other at a constant rate on shared connections.
public final class CallSimulation extends Simulation {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SESSIONS = 20;

    private final Assignment assignment = Assignment.read();
    private final List<Session> sessions = Collections.synchronizedList(new ArrayList<>());

    public CallSimulation() {
        var parts = assignment.targets().stream().map(this::part).toList();
        var inTurn = parts.getLast();
        for (var part : parts.reversed().subList(1, parts.size())) {
            inTurn = part.andThen(inTurn);
        }
        setUp(inTurn).maxDuration(assignment.longest());
    }

    @Override
    public void after() {
        sessions.forEach(session -> {
            try (var line = Line.open(session.script().target().address(), PATIENCE)) {
                session.end(line);
            } catch (IOException e) {
                System.err.println("a session could not be ended: " + e.getMessage());
            }
        });
    }

    /// A few seconds to warm up under a name of their own, then the measured ones.
    private PopulationBuilder part(Target target) {
        var protocol = http.baseUrl("http://" + target.host())
                .shareConnections()
                .disableCaching()
                .userAgentHeader("gatling");
        var opened = open(new Script(target, assignment.era()));
        var warmUp = calls("warm-up " + target.name(), opened)
                .injectOpen(constantUsersPerSec(assignment.rate()).during(5));
        var measured = calls(target.name(), opened)
                .injectOpen(constantUsersPerSec(assignment.rate()).during(assignment.seconds()));
        return warmUp.protocols(protocol).andThen(measured.protocols(protocol));
    }

    private ScenarioBuilder calls(String name, List<Session> opened) {
        var text = "x".repeat(assignment.payload());
        var feeder = Stream.iterate(0, n -> n + 1)
                .map(n -> Map.<String, Object>of(
                        "session", opened.get(n % opened.size()).id()))
                .iterator();
        var script = opened.getFirst().script();
        var request = http(name)
                .post(script.target().path())
                .headers(script.headers(ToolCall.echo(text, "1")))
                .body(StringBody(ToolCall.echo(text, "1").json(script.era())))
                .check(
                        status().is(200),
                        bodyString().transform(body -> body.contains(text)).is(true));
        var addressed = script.era() == Era.LEGACY ? request.header("Mcp-Session-Id", "#{session}") : request;
        return scenario(name).feed(feeder).exec(addressed);
    }

    private List<Session> open(Script script) {
        try (var line = Line.open(script.target().address(), PATIENCE)) {
            var opened = new ArrayList<Session>();
            for (var n = 0; n < SESSIONS; n++) {
                opened.add(Session.open(script, line));
            }
            sessions.addAll(opened);
            return List.copyOf(opened);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
