package gatehouse.node.demo;

import gatehouse.config.catalogue.ApiKey;
import java.net.URI;
import java.nio.file.Path;

/// The page a demo opens with: where it is, and commands and snippets that work as they stand.
///
/// @param directory where the demo lies
public record Guide(URI edge, URI management, Path directory, ApiKey key) {

    public String text(Ink ink) {
        return String.join(
                "\n",
                where(ink),
                ink.title(
                        "Try it with curl, as clients up to revision 2025-11-25 speak: hello first, then calls in a session"),
                ink.code(legacy()),
                ink.title("The same in revision 2026-07-28: one request that says everything about itself"),
                ink.code(modern()),
                ink.title("Connect a client"),
                new Snippets(route("demo"), key).text(ink),
                ink.aside("Edit " + directory + "/routes/demo.yaml and see it take effect. Ctrl-C ends the demo."),
                "");
    }

    private String where(Ink ink) {
        return """
                %s

                  with the key     %s
                  for everybody    %s
                  health           %s
                  key              %s
                                   %s
                """.formatted(
                        ink.title("Gatehouse is open, with a sample upstream behind it"),
                        route("demo"),
                        route("open"),
                        management.resolve("/health/detail"),
                        key.reveal(),
                        ink.aside("kept in " + directory.resolve("key") + ", for you alone; --fresh makes a new one"));
    }

    private String legacy() {
        return """
                KEY=%1$s
                curl -sS -w '\\n' -D '%2$s' %3$s \\
                  -H "Authorization: Bearer $KEY" \\
                  -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \\
                  -d '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"curl","version":"1"}}}'
                SESSION=$(awk 'tolower($1) == "mcp-session-id:" {print $2}' '%2$s' | tr -d '\\r')
                curl -sS -w '\\n' %3$s \\
                  -H "Authorization: Bearer $KEY" -H "Mcp-Session-Id: $SESSION" -H 'MCP-Protocol-Version: 2025-11-25' \\
                  -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \\
                  -d '{"jsonrpc":"2.0","method":"notifications/initialized"}'
                curl -sSN %3$s \\
                  -H "Authorization: Bearer $KEY" -H "Mcp-Session-Id: $SESSION" -H 'MCP-Protocol-Version: 2025-11-25' \\
                  -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \\
                  -d '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"countdown","arguments":{"from":3},"_meta":{"progressToken":1}}}'
                """.formatted(
                        key.reveal(), directory.resolve("headers").toString().replace("'", "'\\''"), route("demo"));
    }

    private String modern() {
        return """
                curl -sS -w '\\n' %s \\
                  -H 'Authorization: Bearer %s' \\
                  -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \\
                  -H 'MCP-Protocol-Version: 2026-07-28' -H 'Mcp-Method: tools/call' -H 'Mcp-Name: add' \\
                  -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","arguments":{"a":2,"b":40},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}'
                """.formatted(route("demo"), key.reveal());
    }

    private URI route(String name) {
        return edge.resolve("/mcp/" + name);
    }
}
