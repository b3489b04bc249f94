/// The processes under measurement: started, watched and stopped by their id.
@NullMarked
package gatehouse.load.process;

import org.jspecify.annotations.NullMarked;
