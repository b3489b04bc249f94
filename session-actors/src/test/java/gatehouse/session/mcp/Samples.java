package gatehouse.session.mcp;

import gatehouse.session.mcp.Reading.Malformed;
import gatehouse.session.mcp.Reading.Read;
import java.util.List;
import org.apache.pekko.util.ByteString;

/// Messages and limits that the tests of this package share.
final class Samples {

    static final ReadLimits LIMITS = new ReadLimits(64, 64, 1 << 20, 256, 4 << 20, 200_000);
    static final ReadLimits UPSTREAM_LIMITS = new ReadLimits(64, 64, 4 << 20, 256, 16 << 20, 200_000);

    /// Stands in values only, so it must not turn up in any problem.
    static final String MARK = "s3cr3t";

    /// Sound messages of all kinds, with every kind of value and of white space, parted by a line of dashes.
    static final List<String> MESSAGES = List.of("""
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
             "capabilities":{"roots":{}},"clientInfo":{"name":"s3cr3t","version":"1"}}}
            ---
            {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"s3cr3t","progress":0.5}}
            ---
            \t{\r
             "method" : "ping" ,
            "id":"\\u00e9\\\\",\t"jsonrpc":"2.0" }\s
            ---
            {"jsonrpc":"2.0","id":-3,"error":{"code":-32602,"message":"s3cr3t","data":[1,2.50,{"a":null}]}}
            ---
            {"jsonrpc":"2.0","id":5,"result":{ "resultType":"input_required","requestState":"s3cr3t",
            "inputRequests":{"k":{"method":"roots/list"}} , "_meta" : {"a":1} }}
            ---
            {"jsonrpc":"2.0","id":6,"method":"resources/read","params":{"uri":"file:///日本",
             "_meta":{"traceparent":"s3cr3t","progressToken":12345678901234567890}}}
            ---
            {"jsonrpc":"2.0","id":8,"result":{"tools":[{"name":"s3cr3t","inputSchema":{}}],"ttlMs":1e3,
             "cacheScope":"private","_meta":{"io.modelcontextprotocol/serverInfo":{}}}}
            ---
            {"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"s3cr3t","arguments":{"a":[true,"x"]},
             "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}
            ---
            {"jsonrpc":"2.0","id":9,"result":{}}
            ---
            {"jsonrpc":"2.0","id":9,"method":"m"}""".split("\n---\n"));

    static final List<String> VALUES = List.of(
            "1",
            "\"\"",
            "\"a \\\"longer\\\" text 日\"",
            "null",
            "true",
            "{}",
            "[]",
            "{\"a\":[1,{\"b\":\"c\"}]}",
            "-1.50e3");

    private static final Codec CODEC = new Codec(LIMITS, UPSTREAM_LIMITS);

    private Samples() {}

    static Message client(String json) {
        return read(CODEC.fromClient(ByteString.fromString(json)));
    }

    static Message upstream(String json) {
        return read(CODEC.fromUpstream(ByteString.fromString(json)));
    }

    static Message read(Reading reading) {
        return switch (reading) {
            case Read(Message message) -> message;
            case Malformed malformed -> throw new AssertionError(malformed.text());
        };
    }

    static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }

    /// A modern tool call of about this many bytes, made of what calls are made of.
    static String call(int bytes) {
        var call = new StringBuilder("""
                {"jsonrpc":"2.0","id":"7f1c","method":"tools/call","params":{"name":"search_issues","_meta":{\
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{"elicitation":{"form":{}}},\
                "io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1.0"},"progressToken":7},\
                "arguments":{"query":"is:open label:bug","limit":25,"deep":true,"after":null,"rows":[""");
        for (int i = 0; call.length() < bytes - 60; i++) {
            var row = "{\"title\":\"row number " + i + "\",\"score\":" + i + ".25}";
            call.append(i == 0 ? "" : ",").append(row);
        }
        return call.append("]}}}").toString();
    }

    static String answer(int bytes) {
        var text = "All is well. ".repeat(bytes / 13 - 12);
        return """
                {"jsonrpc":"2.0","id":7,"result":{"resultType":"complete","content":[{"type":"text","text":"%s"}],\
                "structuredContent":{"count":3,"names":["a","b","c"]}}}""".formatted(text);
    }
}
