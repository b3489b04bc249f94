/// Measures routes that join many upstreams.
@NullMarked
package gatehouse.load.joint;

import org.jspecify.annotations.NullMarked;
