/// What all nodes that share a store must have in common.
@NullMarked
package gatehouse.persistence.agreement;

import org.jspecify.annotations.NullMarked;
