/// Who is calling.
@NullMarked
package gatehouse.policy.identity;

import org.jspecify.annotations.NullMarked;
