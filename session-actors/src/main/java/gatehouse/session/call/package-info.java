/// One client request on its way through.
@NullMarked
package gatehouse.session.call;

import org.jspecify.annotations.NullMarked;
