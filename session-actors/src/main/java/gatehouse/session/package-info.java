/// Carries the call: MCP, sessions, streams and the connections to upstreams.
@NullMarked
package gatehouse.session;

import org.jspecify.annotations.NullMarked;
