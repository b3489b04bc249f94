/// The ways between the eras of clients and those of upstreams.
@NullMarked
package gatehouse.session.crossing;

import org.jspecify.annotations.NullMarked;
