/// One database, its pool of connections, and the few threads that may wait for it.
@NullMarked
package gatehouse.persistence.database;

import org.jspecify.annotations.NullMarked;
