/// Several nodes on one machine: their database, the balancer in front of them, and clients that count what they get.
@NullMarked
package gatehouse.load.cluster;

import org.jspecify.annotations.NullMarked;
