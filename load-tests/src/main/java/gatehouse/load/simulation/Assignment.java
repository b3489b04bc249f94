package gatehouse.load.simulation;

import gatehouse.load.wire.Era;
import gatehouse.load.wire.Key;
import gatehouse.load.wire.Target;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the forked Gatling is to do, carried over in its environment since a key must not stand on a command line.
public record Assignment(Era era, List<Target> targets, int rate, int seconds, int payload) {

    private static final String PREFIX = "GATEHOUSE_LOAD_";

    public Assignment {
        targets = List.copyOf(targets);
    }

    static Assignment read() {
        var targets = Stream.of(value("TARGETS").split(" ")).map(entry -> {
            var parts = entry.split("=", 2);
            return Target.at(
                    parts[0], URI.create(parts[1]), "gateway".equals(parts[0]) ? new Key(value("KEY")) : Key.NONE);
        });
        return new Assignment(
                Era.valueOf(value("ERA")),
                targets.toList(),
                Integer.parseInt(value("RATE")),
                Integer.parseInt(value("SECONDS")),
                Integer.parseInt(value("PAYLOAD")));
    }

    Map<String, String> environment() {
        var keys = targets.stream().map(target -> target.key().secret()).collect(Collectors.joining());
        return Map.of(
                PREFIX + "ERA",
                era.name(),
                PREFIX + "TARGETS",
                targets.stream()
                        .map(target -> target.name() + "=" + target.url())
                        .collect(Collectors.joining(" ")),
                PREFIX + "KEY",
                keys,
                PREFIX + "RATE",
                Integer.toString(rate),
                PREFIX + "SECONDS",
                Integer.toString(seconds),
                PREFIX + "PAYLOAD",
                Integer.toString(payload));
    }

    Duration longest() {
        return Duration.ofSeconds((long) targets.size() * (seconds + 15));
    }

    private static String value(String name) {
        return Optional.ofNullable(System.getenv(PREFIX + name)).orElse("");
    }
}
