/// The protocol: messages, their strict reader, and how each revision reads and writes.
@NullMarked
package gatehouse.session.mcp;

import org.jspecify.annotations.NullMarked;
