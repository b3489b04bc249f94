/// How the library that stores durable state is put on our pool, and where it is put right.
@NullMarked
package gatehouse.persistence.state;

import org.jspecify.annotations.NullMarked;
