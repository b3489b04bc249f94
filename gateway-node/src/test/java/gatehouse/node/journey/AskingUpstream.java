package gatehouse.node.journey;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.Dialogue;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the conformance suite calls by name to see questions, as an upstream of the legacy era has it: its tools ask in
/// mid-call, and its lists change on its own stream.
final class AskingUpstream implements AutoCloseable {

    private static final int CHANGES = 64;
    private static final String SAMPLING =
            "{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"Say something\"}}],\"maxTokens\":50}";

    private final FakeUpstream upstream = FakeUpstream.legacy();
    private final Dialogue dialogue = Dialogue.with(upstream);
    private final List<CompletableFuture<String>> changes =
            Stream.generate(CompletableFuture<String>::new).limit(CHANGES).toList();
    private final Map<String, Script> tools = new TreeMap<>(tools());

    AskingUpstream() {
        upstream.on("initialize", Script.result("""
                        {"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true},\
                        "prompts":{"listChanged":true},"logging":{}},"serverInfo":{"name":"asking","version":"1"}}""", "Mcp-Session-Id: asking"));
        upstream.on("logging/setLevel", Script.result("{}"));
        upstream.on("unknown/method", Script.error(404, -32601));
        upstream.on("notifications/cancelled", Script.status(202));
        upstream.on("tools/list", Script.result("{\"tools\":" + listed() + "}"));
        upstream.on("prompts/list", Script.result("{\"prompts\":[{\"name\":\"test_input_required_result_prompt\"}]}"));
        upstream.on("tools/call", this::called);
        upstream.on("prompts/get", prompt());
        upstream.on("GET", Script.eventsOf(arrival -> announced()));
    }

    URI url() {
        return upstream.url();
    }

    @Override
    public void close() {
        upstream.close();
    }

    private Map<String, Script> tools() {
        var elicits = dialogue.asking("elicitation/create", Dialogue.form("What is your name?"));
        var samples = dialogue.asking("sampling/createMessage", SAMPLING);
        return Map.ofEntries(
                Map.entry("test_input_required_result_elicitation", elicits),
                Map.entry("test_input_required_result_sampling", samples),
                Map.entry("test_input_required_result_list_roots", dialogue.asking("roots/list", "{}")),
                Map.entry("test_input_required_result_request_state", elicits),
                Map.entry("test_input_required_result_tampered_state", elicits),
                Map.entry("test_input_required_result_capabilities", elicits),
                Map.entry("test_input_required_result_multiple_inputs", Script.eventsOf(this::asksThree)),
                Map.entry(
                        "test_input_required_result_multi_round",
                        dialogue.asking(List.of("What is your name?", "What colour?"), answers -> "both")),
                Map.entry("test_missing_capability", samples),
                Map.entry("test_streaming_elicitation", Script.eventsOf(this::progressesAndAsks)),
                Map.entry("test_logging_tool", Script.eventsOf(AskingUpstream::logs)),
                Map.entry("test_trigger_tool_change", changes("tools")),
                Map.entry("test_trigger_prompt_change", changes("prompts")));
    }

    private String listed() {
        return tools.keySet().stream()
                .map(name -> "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private List<Step> called(Arrival arrival) {
        return tools.entrySet().stream()
                .filter(tool -> arrival.body().contains("\"name\":\"" + tool.getKey() + "\""))
                .findFirst()
                .map(tool -> tool.getValue().answer(arrival))
                .orElseGet(() -> Script.error(200, -32602).answer(arrival));
    }

    private List<Step> asksThree(Arrival arrival) {
        var questions = List.of(
                dialogue.question("elicitation/create", Dialogue.form("What is your name?")),
                dialogue.question("sampling/createMessage", SAMPLING),
                dialogue.question("roots/list", "{}"));
        var steps = new ArrayList<Step>();
        questions.forEach(question -> steps.add(question.put()));
        questions.forEach(question -> steps.add(question.awaited()));
        steps.add(Step.event(Script.resultOf(arrival, Dialogue.text("all three"))));
        steps.add(Step.end());
        return steps;
    }

    private List<Step> progressesAndAsks(Arrival arrival) {
        var steps = new ArrayList<>(
                dialogue.asking("elicitation/create", Dialogue.form("Who?")).answer(arrival));
        steps.removeFirst(); // the head, which is there already
        steps.addFirst(Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\","
                + "\"params\":{\"progress\":50,\"progressToken\":" + token(arrival) + "}}"));
        return steps;
    }

    private static String token(Arrival arrival) {
        var name = "\"progressToken\":";
        var from = arrival.body().indexOf(name);
        return from < 0
                ? "\"none\""
                : arrival.body().substring(from + name.length()).split("[,}]", 2)[0];
    }

    private static List<Step> logs(Arrival arrival) {
        return List.of(
                Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
                        + "\"params\":{\"level\":\"info\",\"data\":\"a log message\"}}"),
                Step.event(Script.resultOf(arrival, Dialogue.text("logged"))),
                Step.end());
    }

    private Script changes(String kind) {
        return arrival -> {
            var _ = changes.stream().anyMatch(change -> change.complete(kind));
            return Script.result(Dialogue.text("changed")).answer(arrival);
        };
    }

    private Script prompt() {
        return Script.eventsOf(arrival -> {
            var question = dialogue.question("elicitation/create", Dialogue.form("What context?"));
            return List.of(question.put(), question.awaited(), Step.event(Script.resultOf(arrival, """
                            {"messages":[{"role":"user","content":{"type":"text","text":"Hello"}}]}""")), Step.end());
        });
    }

    /// Every change from now on.
    private List<Step> announced() {
        var steps = new ArrayList<Step>();
        changes.stream().filter(change -> !change.isDone()).forEach(change -> {
            steps.add(Step.await(change));
            steps.add(Step.later(() -> Step.event(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + change.join() + "/list_changed\"}")));
        });
        return steps;
    }
}
