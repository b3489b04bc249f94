/// Stand-ins for what the gateway talks to, scripted by tests.
@NullMarked
package gatehouse.session.fake;

import org.jspecify.annotations.NullMarked;
