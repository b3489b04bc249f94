package gatehouse.node.demo;

import gatehouse.config.catalogue.ApiKey;
import java.net.URI;

/// How the usual clients are told about a route.
record Snippets(URI route, ApiKey key) {

    String text(Ink ink) {
        return named(ink, "Claude Code", """
                        claude mcp add --transport http gatehouse %s --header "Authorization: Bearer %s"
                        """)
                + named(ink, "MCP Inspector, without its web page", """
                        npx -y @modelcontextprotocol/inspector --cli %s --transport http --method tools/list --header "Authorization: Bearer %s"
                        """)
                + named(ink, "VS Code, .vscode/mcp.json", """
                        {"servers": {"gatehouse": {"type": "http", "url": "%s",
                          "headers": {"Authorization": "Bearer %s"}}}}
                        """)
                + named(ink, "Cursor, ~/.cursor/mcp.json", """
                        {"mcpServers": {"gatehouse": {"url": "%s",
                          "headers": {"Authorization": "Bearer %s"}}}}
                        """)
                + named(ink, "Claude Desktop, claude_desktop_config.json (by way of mcp-remote)", """
                        {"mcpServers": {"gatehouse": {"command": "npx",
                          "args": ["-y", "mcp-remote", "%s", "--header", "Authorization:${AUTHORIZATION}"],
                          "env": {"AUTHORIZATION": "Bearer %s"}}}}
                        """);
    }

    private String named(Ink ink, String client, String snippet) {
        return client + "\n" + ink.code(snippet.formatted(route, key.reveal())) + "\n";
    }
}
