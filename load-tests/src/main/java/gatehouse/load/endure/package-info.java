/// What stays: heap per idle session and stream, and what ten thousand aborts leave behind.
@NullMarked
package gatehouse.load.endure;

import org.jspecify.annotations.NullMarked;
