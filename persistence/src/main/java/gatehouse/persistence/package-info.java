/// Remembers: fills the ports of the actors with SQL.
@NullMarked
package gatehouse.persistence;

import org.jspecify.annotations.NullMarked;
