package gatehouse.session.fake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a [FakeUpstream] answers one kind of request.
@FunctionalInterface
public interface Script {

    List<Step> answer(Arrival arrival);

    /// The result of the request, as JSON.
    static Script result(String json, String... headers) {
        return arrival -> List.of(http(200, "application/json", resultOf(arrival, json), headers));
    }

    static Script error(int status, int code) {
        return arrival -> List.of(http(status, "application/json", errorOf(arrival, code)));
    }

    static Script body(int status, String type, String body, String... headers) {
        return arrival -> List.of(http(status, type, body, headers));
    }

    static Script status(int status, String... headers) {
        return arrival -> List.of(Step.send(head(status, headers) + "Content-Length: 0\r\n\r\n"));
    }

    /// An event stream; `Step.end()` is for the script to say.
    static Script events(Step... steps) {
        return eventsOf(arrival -> List.of(steps));
    }

    /// An event stream that depends on the request.
    static Script eventsOf(Script steps, String... headers) {
        return arrival -> {
            var all = new ArrayList<Step>();
            all.add(
                    Step.send(
                            head(200, headers)
                                    + "Content-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n"));
            all.addAll(steps.answer(arrival));
            return all;
        };
    }

    /// An event stream of the result alone, as many SDKs answer.
    static Script resultAsEvents(String json, String... headers) {
        return eventsOf(arrival -> List.of(Step.event(resultOf(arrival, json)), Step.end()), headers);
    }

    /// One event with the result of the request, to go over a stream that is open already.
    static Script feed(String json) {
        return arrival -> List.of(Step.event(resultOf(arrival, json)));
    }

    static Script steps(Step... steps) {
        return arrival -> List.of(steps);
    }

    /// Byte by byte, with a pause after each.
    static Script trickle(String bytes, Duration pause) {
        return arrival -> bytes.chars()
                .boxed()
                .<Step>mapMulti((c, into) -> {
                    into.accept(Step.send(Character.toString(c)));
                    into.accept(Step.pause(pause));
                })
                .toList();
    }

    static Script hang() {
        return steps(Step.hang());
    }

    static String resultOf(Arrival arrival, String json) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + arrival.rpcId() + ",\"result\":" + json + "}";
    }

    static String errorOf(Arrival arrival, int code) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + arrival.rpcId() + ",\"error\":{\"code\":" + code
                + ",\"message\":\"no\"}}";
    }

    static Step http(int status, String type, String body, String... headers) {
        var length = body.getBytes(StandardCharsets.UTF_8).length;
        return Step.send(
                head(status, headers) + "Content-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n" + body);
    }

    /// The head of an answer that comes in chunks.
    static Step chunked(int status, String... headers) {
        return Step.send(head(status, headers) + "Transfer-Encoding: chunked\r\n\r\n");
    }

    static String head(int status, String... headers) {
        var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "HTTP/1.1 " + status + " Scripted\r\n" + lines;
    }
}
