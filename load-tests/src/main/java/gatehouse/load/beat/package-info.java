/// Sends calls at a rhythm and keeps the score in nanoseconds.
@NullMarked
package gatehouse.load.beat;

import org.jspecify.annotations.NullMarked;
