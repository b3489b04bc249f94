/// Turns scores into the table, the verdicts and the files a reader keeps.
@NullMarked
package gatehouse.load.report;

import org.jspecify.annotations.NullMarked;
