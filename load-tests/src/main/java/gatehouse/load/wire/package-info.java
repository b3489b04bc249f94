/// MCP over HTTP/1.1 as a program on the wire speaks it: plain sockets on loopback, and nothing between.
@NullMarked
package gatehouse.load.wire;

import org.jspecify.annotations.NullMarked;
