package gatehouse.persistence;

import com.typesafe.config.ConfigFactory;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A process that starts on a database, says what each step cost, and ends.
///
/// CPU time beside wall time: it says more where other processes share the machine.
final class StartOnce {

    private long wall = System.nanoTime();
    private long cpu = cpu();

    private StartOnce() {}

    public static void main(String[] arguments) {
        var settings = TestStore.settings(arguments[0], Map.of());
        var config = ConfigFactory.parseString("pekko.actor.provider = local, pekko.loglevel = OFF")
                .withFallback(TestStore.defaults());
        var once = new StartOnce();
        var storage = Storage.open(settings);
        once.say("open");
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "start", storage.setup(config));
        once.say("actor system");
        Await.result(StorageBench.states(system).getObject("session|nobody"));
        once.say("first state");
        Await.result(storage.outbox().append(Streams.stream("s", "n" + System.nanoTime()), List.of(Streams.opened())));
        once.say("first append");
        system.terminate();
        Await.result(system.getWhenTerminated());
        storage.close();
        once.say("close");
        System.out.println();
    }

    private void say(String step) {
        var wallNow = System.nanoTime();
        var cpuNow = cpu();
        System.out.printf("%s %d ms (cpu %d)  ", step, (wallNow - wall) / 1_000_000, (cpuNow - cpu) / 1_000_000);
        wall = wallNow;
        cpu = cpuNow;
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }
}
