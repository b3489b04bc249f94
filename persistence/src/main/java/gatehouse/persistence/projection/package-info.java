/// What the store knows about many sessions at once.
@NullMarked
package gatehouse.persistence.projection;

import org.jspecify.annotations.NullMarked;
