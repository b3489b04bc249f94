/// How much at once.
@NullMarked
package gatehouse.policy.rate;

import org.jspecify.annotations.NullMarked;
