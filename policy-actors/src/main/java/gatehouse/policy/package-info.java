/// May this happen? Policies judge a call; they know nothing of JSON-RPC.
@NullMarked
package gatehouse.policy;

import org.jspecify.annotations.NullMarked;
