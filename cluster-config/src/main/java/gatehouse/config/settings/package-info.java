/// Settings are read once, at start, and everything that is wrong is said at once.
@NullMarked
package gatehouse.config.settings;

import org.jspecify.annotations.NullMarked;
