/// What may cross nodes, what outlives the process, and how a node joins.
@NullMarked
package gatehouse.config.cluster;

import org.jspecify.annotations.NullMarked;
