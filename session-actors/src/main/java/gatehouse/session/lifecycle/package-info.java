/// Sessions and the logs of their streams.
@NullMarked
package gatehouse.session.lifecycle;

import org.jspecify.annotations.NullMarked;
