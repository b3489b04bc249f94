/// One story per test, over real HTTP, against a node that runs.
@NullMarked
package gatehouse.node.journey;

import org.jspecify.annotations.NullMarked;
