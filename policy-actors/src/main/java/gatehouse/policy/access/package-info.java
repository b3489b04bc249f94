/// Who may use what.
@NullMarked
package gatehouse.policy.access;

import org.jspecify.annotations.NullMarked;
