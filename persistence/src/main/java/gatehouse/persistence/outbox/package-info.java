/// The logs of outgoing streams, kept in one append-only table.
@NullMarked
package gatehouse.persistence.outbox;

import org.jspecify.annotations.NullMarked;
