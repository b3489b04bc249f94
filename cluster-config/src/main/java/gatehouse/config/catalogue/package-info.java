/// One immutable numbered snapshot of all that is declared.
@NullMarked
package gatehouse.config.catalogue;

import org.jspecify.annotations.NullMarked;
