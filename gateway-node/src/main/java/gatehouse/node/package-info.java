/// The process: HTTP edge, command line, start and stop.
@NullMarked
package gatehouse.node;

import org.jspecify.annotations.NullMarked;
