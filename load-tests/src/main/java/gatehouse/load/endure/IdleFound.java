package gatehouse.load.endure;

import gatehouse.load.beat.Score;
import gatehouse.load.report.Limit;
import gatehouse.load.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What idle sessions and streams cost, and how calls fared beside them.
public record IdleFound(IdlePlan plan, List<Stage> stages, Score calls, int lostStreams) {

    static final String PASSIVATED = "passivated";

    private static final int MOST_CLASSES = 12;
    private static final double STORE_SHARE =
            2; // what a store inside the process keeps at hand: pages, names of streams; bounded

    public IdleFound {
        stages = List.copyOf(stages);
    }

    public Table table() {
        var table = new Table("stage", "live heap KiB", "RSS KiB", "descriptors", "threads");
        stages.forEach(stage -> table.row(
                stage.name(),
                Table.count(stage.live() / 1024.0),
                Table.count((double) stage.residentKib()),
                Table.count((double) stage.descriptors()),
                Table.count((double) stage.threads())));
        return table;
    }

    public double kibPerSession() {
        return stage("sessions").perThing(stage("start"), plan.sessions()) / 1024;
    }

    public double kibPerStream() {
        return stage("streams").perThing(stage("sessions"), plan.streams()) / 1024;
    }

    /// What a session costs that was put to rest: its share of what the store keeps at hand.
    public double kibPerPassivated() {
        return stage(PASSIVATED).perThing(stage("start"), plan.sessions()) / 1024;
    }

    public List<Limit> limits() {
        var limits = new ArrayList<>(List.of(
                new Limit("KiB of live heap per idle session", kibPerSession(), 4),
                new Limit("KiB of live heap per idle GET stream", plan.streams() == 0 ? 0 : kibPerStream(), 32)));
        if (passivated()) {
            limits.add(new Limit("KiB of live heap per passivated session", kibPerPassivated(), STORE_SHARE));
        }
        limits.add(new Limit("streams lost", lostStreams, 0));
        limits.add(new Limit("errors of calls", (double) calls.errors(), 0));
        return limits;
    }

    private boolean passivated() {
        return stages.stream().anyMatch(stage -> stage.name().equals(PASSIVATED));
    }

    /// What to look at first when a figure is too high.
    public String growth() {
        return "grown with the sessions:\n" + grown("sessions", "start") + "\ngrown with the streams:\n"
                + grown("streams", "sessions")
                + (passivated() ? "\nleft when all are passivated:\n" + grown(PASSIVATED, "start") : "");
    }

    public Map<String, Object> figures() {
        return Map.of(
                "kibPerSession", kibPerSession(),
                "kibPerStream", plan.streams() == 0 ? 0 : kibPerStream(),
                "callP50Millis", calls.millisAt(50),
                "callP99Millis", calls.millisAt(99),
                "liveBytes", stages.stream().collect(Collectors.toMap(Stage::name, Stage::live)));
    }

    private String grown(String later, String earlier) {
        return stage(later).grown(stage(earlier), MOST_CLASSES).stream()
                .map(entry -> "  " + Table.count(entry.getValue() / 1024.0) + " KiB " + entry.getKey())
                .collect(Collectors.joining("\n"));
    }

    private Stage stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
