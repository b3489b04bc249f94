package gatehouse.load.endure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// What is still held after a run beyond what was held before it and what may stay.
public record Remains(SortedMap<String, Long> before, Map<String, Long> allowed) {

    /// One line for each counter that is too high; none means nothing leaked.
    public List<String> of(SortedMap<String, Long> after) {
        var lines = new ArrayList<String>();
        before.forEach((name, start) -> {
            var end = after.get(name);
            var most = start + allowed.getOrDefault(name, 0L);
            if (end == null) {
                lines.add(name + " is not counted any more");
            } else if (end > most) {
                lines.add(name + " is " + end + ", was " + start + ", may be " + most);
            }
        });
        return lines;
    }
}
