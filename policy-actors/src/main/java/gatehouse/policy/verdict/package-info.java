/// The words of every policy.
@NullMarked
package gatehouse.policy.verdict;

import org.jspecify.annotations.NullMarked;
