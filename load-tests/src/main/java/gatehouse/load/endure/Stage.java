package gatehouse.load.endure;

import gatehouse.load.process.Jcmd;
import gatehouse.load.process.Watched;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a process holds at one moment of a run.
///
/// @param classes live bytes by class
public record Stage(
        String name, long live, long residentKib, long descriptors, long threads, Map<String, Long> classes) {

    private static final Pattern ROW = Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)");

    public static Stage of(String name, Watched process) {
        var classes = new Jcmd(process.pid()).classes();
        return new Stage(
                name,
                Jcmd.liveBytes(classes),
                process.residentKib(),
                process.descriptors(),
                process.threads(),
                bytesByClass(classes));
    }

    static Map<String, Long> bytesByClass(String histogram) {
        var bytes = new HashMap<String, Long>();
        ROW.matcher(histogram)
                .results()
                .forEach(row -> bytes.merge(row.group(2), Long.parseLong(row.group(1)), Long::sum));
        return bytes;
    }

    /// Bytes of live heap per thing that was added since an earlier stage.
    public double perThing(Stage earlier, int things) {
        return things == 0 ? Double.NaN : (live - earlier.live) / (double) things;
    }

    /// The classes that grew most, with their growth.
    public List<Map.Entry<String, Long>> grown(Stage earlier, int most) {
        return classes.entrySet().stream()
                .map(entry ->
                        Map.entry(entry.getKey(), entry.getValue() - earlier.classes.getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .toList();
    }
}
