/// The lease by which two nodes that lost sight of each other decide which of them goes on.
@NullMarked
package gatehouse.persistence.lease;

import org.jspecify.annotations.NullMarked;
