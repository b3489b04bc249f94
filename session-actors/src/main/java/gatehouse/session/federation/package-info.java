/// Several upstreams behind one route, shown as one.
@NullMarked
package gatehouse.session.federation;

import org.jspecify.annotations.NullMarked;
