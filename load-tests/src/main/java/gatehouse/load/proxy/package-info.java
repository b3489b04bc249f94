/// The yardsticks: what a proxy costs that carries the same bytes and decides nothing.
@NullMarked
package gatehouse.load.proxy;

import org.jspecify.annotations.NullMarked;
