/// The second opinion: the same calls by Gatling, with its HTML report.
@NullMarked
package gatehouse.load.simulation;

import org.jspecify.annotations.NullMarked;
