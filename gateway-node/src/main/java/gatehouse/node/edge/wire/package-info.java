/// What one client's bytes may look like, how slowly they may come, and what the socket does when they do not comply.
@NullMarked
package gatehouse.node.edge.wire;

import org.jspecify.annotations.NullMarked;
