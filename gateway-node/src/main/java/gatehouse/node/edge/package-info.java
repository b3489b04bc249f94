/// The node's client-facing HTTP: everything between an agent's socket and the question what its request means.
@NullMarked
package gatehouse.node.edge;

import org.jspecify.annotations.NullMarked;
