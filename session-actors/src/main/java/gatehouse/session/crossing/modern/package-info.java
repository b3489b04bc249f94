/// Shows an upstream of the legacy era as one of the modern era.
@NullMarked
package gatehouse.session.crossing.modern;

import org.jspecify.annotations.NullMarked;
