package gatehouse.session.mcp;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The names that the gateway reads in the object at one [Place].
final class Children {

    private static final Map<Place, Children> OF_PLACE = new EnumMap<>(Place.class);

    static {
        Arrays.stream(Place.values()).forEach(place -> OF_PLACE.put(place, new Children(place)));
    }

    private final Map<String, Place> exact = new HashMap<>();
    private final Map<String, Place> folded = new HashMap<>();
    private final long lengths; // a bit per length of a name, modulo 64: tells most other names apart at no cost

    private Children(Place parent) {
        var bits = 0L;
        for (var place : Place.values()) {
            if (place.parent() == parent && place != parent) {
                exact.put(place.field(), place);
                folded.put(Names.fold(place.field()), place);
                bits |= 1L << place.field().length();
            }
        }
        lengths = bits;
    }

    static Children of(Place parent) {
        return Objects.requireNonNull(OF_PLACE.get(parent));
    }

    boolean exist() {
        return lengths != 0;
    }

    Place named(String name) {
        return exact.getOrDefault(name, Place.ELSEWHERE);
    }

    /// The child whose name a lenient reader might take `name` for, or [Place#ELSEWHERE].
    Place mistakable(String name) {
        if (Names.isPlain(name) && (lengths & (1L << name.length())) == 0) {
            return Place.ELSEWHERE;
        }
        return folded.getOrDefault(Names.fold(name), Place.ELSEWHERE);
    }
}
