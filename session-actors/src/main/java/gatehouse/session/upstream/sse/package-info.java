/// HTTP+SSE of 2024-11-05, shown as Streamable HTTP: one long stream per session carries everything back.
@NullMarked
package gatehouse.session.upstream.sse;

import org.jspecify.annotations.NullMarked;
