/// Connections to upstreams, and what is believed of what they say.
@NullMarked
package gatehouse.session.upstream;

import org.jspecify.annotations.NullMarked;
