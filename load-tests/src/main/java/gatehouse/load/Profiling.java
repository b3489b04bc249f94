package gatehouse.load;

import gatehouse.load.profile.Recording;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/// The profile that may follow a run.
final class Profiling {

    @Option(
            names = "--profile",
            description =
                    "Afterwards beat once more with a flight recording of the gateway, and print where the time goes.")
    boolean wanted;

    /// Recording costs a few per cent, so it has a window of its own that no table counts.
    void follow(Writing writing, Subject subject, Duration length, Callable<?> beat) throws Exception {
        if (!wanted) {
            return;
        }
        System.out.println("recording " + subject.target().name() + ", process "
                + subject.process().pid());
        var directory = writing.directory("profile");
        var recording = Recording.start(subject.process(), directory.resolve("profile.jfr"), length);
        try (recording) {
            beat.call();
        }
        var text = "# Where the time goes in " + subject.target().name() + "\n\n" + recording.text() + "\n";
        Files.writeString(directory.resolve("profile.md"), text);
        System.out.println("\n" + text);
    }
}
