/// An MCP upstream so fast that it is never the bottleneck, and no more truthful than a beat needs.
@NullMarked
package gatehouse.load.echo;

import org.jspecify.annotations.NullMarked;
