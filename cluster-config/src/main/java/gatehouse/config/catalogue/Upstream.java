package gatehouse.config.catalogue;

import java.net.URI;
import java.time.Duration;

/// An MCP server behind the gateway, and what the gateway may spend on it.
///
/// @param calls connections that short calls may hold at once
/// @param streams connections that long streams may hold at once, apart from those of calls
/// @param deadline after which a call is given up
/// @param quiet after which an upstream stream that says nothing is given up
public record Upstream(
        UpstreamId id,
        TenantId tenant,
        URI url,
        Speaks speaks,
        Network network,
        int calls,
        int streams,
        Duration connect,
        Duration deadline,
        Duration quiet) {}
