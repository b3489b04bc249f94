package gatehouse.load.profile;

import gatehouse.load.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/// Samples of a flight recording, counted by layer and by method.
///
/// A sample belongs to the layer of its topmost frame that has one: what the JDK does for Jackson is Jackson's.
public final class Profile {

    private static final int MOST_METHODS = 20;
    private static final String ON_CPU = "jdk.CPUTimeSample";
    private static final Set<String> SAMPLES = Set.of("jdk.ExecutionSample", ON_CPU);

    private final Map<String, Long> layers = new HashMap<>();
    private final Map<String, Long> methods = new HashMap<>();
    private final Map<String, Long> owners = new HashMap<>();
    private long samples;

    private Profile() {}

    /// Counts samples of CPU time where the recording has them, and of running Java code where it does not.
    public static Profile of(Path recording) throws IOException {
        var kinds = new HashMap<String, Profile>();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                var kind = event.getEventType().getName();
                if (SAMPLES.contains(kind)) {
                    kinds.computeIfAbsent(kind, _ -> new Profile()).count(event);
                }
            }
        }
        return kinds.getOrDefault(ON_CPU, kinds.getOrDefault("jdk.ExecutionSample", new Profile()));
    }

    public String text() {
        return samples + " samples\n\n" + table("layer", layers) + "\n\n" + table("method of that layer", owners)
                + "\n\n" + table("method on top", methods);
    }

    private void count(RecordedEvent event) {
        var trace = event.getStackTrace();
        if (trace == null || trace.getFrames().isEmpty()) {
            return;
        }
        var frames = trace.getFrames().stream().map(frame -> frame.getMethod()).toList();
        samples++;
        methods.merge(name(frames.getFirst()), 1L, Long::sum);
        owner(frames);
    }

    private void owner(List<RecordedMethod> frames) {
        for (var frame : frames) {
            var layer = Layer.of(frame.getType().getName());
            if (layer.isPresent()) {
                layers.merge(layer.get().name().toLowerCase(Locale.ROOT), 1L, Long::sum);
                owners.merge(name(frame), 1L, Long::sum);
                return;
            }
        }
        layers.merge("jdk alone", 1L, Long::sum);
    }

    private static String name(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    private String table(String title, Map<String, Long> counts) {
        var table = new Table("share", "samples", title);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_METHODS)
                .forEach(entry -> table.row(
                        String.format(Locale.ROOT, "%.1f %%", 100.0 * entry.getValue() / samples),
                        entry.getValue().toString(),
                        entry.getKey()));
        return table.toString();
    }
}
