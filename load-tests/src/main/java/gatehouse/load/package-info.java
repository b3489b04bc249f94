/// Beats on a running node, and compiles against none of it.
@NullMarked
package gatehouse.load;

import org.jspecify.annotations.NullMarked;
