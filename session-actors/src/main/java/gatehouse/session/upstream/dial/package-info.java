/// Dialling upstreams such that nobody can turn the gateway against its own network.
@NullMarked
package gatehouse.session.upstream.dial;

import org.jspecify.annotations.NullMarked;
