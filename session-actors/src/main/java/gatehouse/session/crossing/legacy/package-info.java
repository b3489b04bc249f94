/// Shows a modern upstream to clients that have sessions.
@NullMarked
package gatehouse.session.crossing.legacy;

import org.jspecify.annotations.NullMarked;
