package gatehouse.load.echo;

import static gatehouse.load.echo.Words.word;

import java.util.ArrayList;
import java.util.List;

/// What FastEcho says to each request, written straight into the connection's outflow.
final class Answers {

    private static final int LONGEST_MILLIS = 60_000;

    private static final byte[] ACCEPTED = word("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] ENDED = word("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] NO_STREAM =
            word("HTTP/1.1 405 Method Not Allowed\r\nAllow: POST, DELETE\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] BROKEN =
            word("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] EVENTS = word("""
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            Cache-Control: no-cache\r
            Transfer-Encoding: chunked\r
            \r
            """);
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private final String list;
    private final String modernList;
    private long sessions;

    /// @param tools beside those that work
    Answers(int tools) {
        this.list = Results.list(tools, false);
        this.modernList = Results.list(tools, true);
    }

    Turn to(Request request, Outflow out) {
        return switch (request.verb()) {
            case POST -> post(request, out);
            case GET -> fixed(NO_STREAM, out);
            case DELETE -> fixed(ENDED, out);
            case BROKEN -> {
                out.put(BROKEN);
                yield Turn.CLOSE;
            }
        };
    }

    private Turn post(Request request, Outflow out) {
        var id = Json.member(request.body(), Words.ID);
        var method = Json.member(request.body(), Words.METHOD);
        if (id.isEmpty() || method.isEmpty()) {
            return fixed(ACCEPTED, out);
        }
        if (method.is(Words.CALL)) {
            return call(request, id, out);
        }
        if (method.is(Words.INITIALIZE) && !request.modern()) {
            return json("Mcp-Session-Id: echo-" + ++sessions + "\r\n", id, Results.INITIALIZE, out);
        }
        if (method.is(Words.LIST)) {
            return json("", id, request.modern() ? modernList : list, out);
        }
        if (method.is(Words.DISCOVER)) {
            return json("", id, Results.DISCOVER, out);
        }
        return method.is(Words.PING) && !request.modern()
                ? json("", id, "{}", out)
                : failure("404 Not Found", id, Results.NO_METHOD, out);
    }

    private static Turn call(Request request, Span id, Outflow out) {
        var params = Json.member(request.body(), Words.PARAMS);
        var name = Json.member(params, Words.NAME);
        var arguments = Json.member(params, Words.ARGUMENTS);
        if (name.is(Words.ECHO)) {
            return echo(request, id, arguments, out);
        }
        var answer = "{\"jsonrpc\":\"2.0\",\"id\":" + id.text() + ",\"result\":"
                + Results.said(said(arguments), request.modern()) + "}";
        if (name.is(Words.SSE)) {
            out.put(EVENTS);
            out.put(word(chunk(answer) + LAST_CHUNK));
            return Turn.DONE;
        }
        if (name.is(Words.SLOW)) {
            out.put(EVENTS);
            return new Turn.Busy(
                    slowly(Json.member(Json.member(params, Words.META), Words.PROGRESS_TOKEN), arguments, answer));
        }
        return failure("200 OK", id, Results.NO_TOOL, out);
    }

    /// The one answer that has to be quick: nothing is copied but the id and the text.
    private static Turn echo(Request request, Span id, Span arguments, Outflow out) {
        var text = Json.member(arguments, Words.TEXT);
        var said = text.isEmpty() ? Results.NOTHING : text;
        var tail = request.modern() ? Results.MODERN_TAIL : Results.TAIL;
        var length = Results.BEFORE_ID.length
                + id.to()
                - id.from()
                + Results.BEFORE_TEXT.length
                + said.to()
                - said.from()
                + tail.length;
        out.put(Results.OK);
        out.put(word(Integer.toString(length)));
        out.put(Results.BLANK_LINE);
        out.put(Results.BEFORE_ID);
        out.put(id);
        out.put(Results.BEFORE_TEXT);
        out.put(said);
        out.put(tail);
        return Turn.DONE;
    }

    private static List<Turn.Step> slowly(Span token, Span arguments, String answer) {
        var millis = millis(Json.member(arguments, Words.MILLIS));
        var steps = new ArrayList<Turn.Step>();
        for (var quarter = 0; quarter < 4 && !token.isEmpty(); quarter++) {
            steps.add(new Turn.Step(quarter * millis / 4, chunk(Results.progress(token.text(), quarter))));
        }
        steps.add(new Turn.Step(millis, chunk(answer) + LAST_CHUNK));
        return steps;
    }

    private static int millis(Span value) {
        var digits = value.text();
        return digits.matches("\\d{1,6}") ? Math.min(Integer.parseInt(digits), LONGEST_MILLIS) : 200;
    }

    private static String said(Span arguments) {
        var text = Json.member(arguments, Words.TEXT);
        return text.isEmpty() ? "\"\"" : text.text();
    }

    private static String chunk(String message) {
        var event = "event: message\ndata: " + message + "\n\n";
        return Integer.toHexString(word(event).length) + "\r\n" + event + "\r\n";
    }

    private static Turn json(String header, Span id, String result, Outflow out) {
        return body(
                "200 OK\r\n" + header, "{\"jsonrpc\":\"2.0\",\"id\":" + id.text() + ",\"result\":" + result + "}", out);
    }

    private static Turn failure(String status, Span id, String error, Outflow out) {
        return body(status + "\r\n", "{\"jsonrpc\":\"2.0\",\"id\":" + id.text() + ",\"error\":" + error + "}", out);
    }

    private static Turn body(String head, String body, Outflow out) {
        var bytes = word(body);
        out.put(word(
                "HTTP/1.1 " + head + "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n"));
        out.put(bytes);
        return Turn.DONE;
    }

    private static Turn fixed(byte[] answer, Outflow out) {
        out.put(answer);
        return Turn.DONE;
    }
}
