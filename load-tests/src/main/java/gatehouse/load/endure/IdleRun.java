package gatehouse.load.endure;

import gatehouse.load.beat.Beat;
import gatehouse.load.beat.Rhythm;
import gatehouse.load.beat.Score;
import gatehouse.load.process.Watched;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Opens idle sessions, then idle streams, then calls; and looks at the node's live heap after each.
public final class IdleRun {

    private static final int WARM_UP_SESSIONS = 500;
    private static final int CALLING_LINES = 10;
    private static final int PAYLOAD = 1024;

    private final Script script;
    private final Watched process;
    private final IdlePlan plan;
    private final List<Stage> stages = new ArrayList<>();

    public IdleRun(Script script, Watched process, IdlePlan plan) {
        this.script = script;
        this.process = process;
        this.plan = plan;
    }

    public IdleFound run() throws Exception {
        var idle = new IdleSessions(script);
        // What the node makes once, on first use, is no session's cost.
        idle.end(idle.open(Math.min(plan.sessions(), WARM_UP_SESSIONS)));
        calls(Duration.ofSeconds(5));
        stage("start");
        var sessions = idle.open(plan.sessions());
        stage("sessions");
        var calls = hold(sessions);
        if (plan.passivation().isPositive()) {
            System.out.println("waiting " + plan.passivation().toSeconds() + " s for passivation");
            Thread.sleep(plan.passivation());
            stage(IdleFound.PASSIVATED);
        }
        idle.end(sessions);
        stage("ended");
        return new IdleFound(plan, stages, calls.score(), calls.lost());
    }

    private Held hold(List<Session> sessions) throws Exception {
        try (var streams = new IdleStreams(script)) {
            streams.open(sessions.subList(0, plan.streams()));
            stage("streams");
            var score = calls(plan.hold());
            stage("calls");
            return new Held(score, streams.lost());
        }
    }

    private record Held(Score score, int lost) {}

    private Score calls(Duration length) throws InterruptedException {
        return new Beat(script, new Rhythm.Open(plan.rate(), length), CALLING_LINES, PAYLOAD).run();
    }

    private void stage(String name) {
        var stage = Stage.of(name, process);
        stages.add(stage);
        System.out.println(name + ": " + stage.live() / 1024 + " KiB live");
    }
}
