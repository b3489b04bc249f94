/// The tables of the store and how they come about.
@NullMarked
package gatehouse.persistence.schema;

import org.jspecify.annotations.NullMarked;
