/// An upstream to try the gateway with: small, complete, and of both eras.
@NullMarked
package gatehouse.node.sample;

import org.jspecify.annotations.NullMarked;
