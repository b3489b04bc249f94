/// The command line: what an operator types, and what it says back.
@NullMarked
package gatehouse.node.cli;

import org.jspecify.annotations.NullMarked;
