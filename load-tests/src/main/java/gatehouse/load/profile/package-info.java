/// Where the time goes: a flight recording read back, layer by layer.
@NullMarked
package gatehouse.load.profile;

import org.jspecify.annotations.NullMarked;
