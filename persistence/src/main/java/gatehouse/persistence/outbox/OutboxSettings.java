package gatehouse.persistence.outbox;

import gatehouse.config.settings.ConfigReader;
import java.time.Duration;

/// `gateway.storage.outbox`: how much is written at once, how much may wait, and how much is kept.
public record OutboxSettings(Size batch, Size queue, Size stream, int ofAgent, Keep keep) {

    private static final long MEBIBYTE = 1024L * 1024;

    /// A bound on entries and on their bytes together.
    public record Size(int entries, long bytes) {
        static Size read(ConfigReader at) {
            return new Size(at.integer("entries", 1, 1_000_000), at.bytes("bytes", 1024, 1024 * MEBIBYTE));
        }
    }

    /// How long entries stay, how often that is looked after, and how many rows one look deletes at a time.
    public record Keep(Duration closed, Duration open, Duration interval, int slice) {
        static Keep read(ConfigReader at) {
            return new Keep(
                    at.duration("retention", Duration.ofSeconds(1), Duration.ofDays(30)),
                    at.duration("open-retention", Duration.ofSeconds(1), Duration.ofDays(30)),
                    at.duration("purge-interval", Duration.ofMillis(100), Duration.ofHours(1)),
                    at.integer("purge-slice", 1, 100_000));
        }
    }

    public static OutboxSettings read(ConfigReader at) {
        var keep = Keep.read(at);
        at.check("open-retention", keep.open().compareTo(keep.closed()) >= 0, "is shorter than retention");
        return new OutboxSettings(
                Size.read(at.at("batch")),
                Size.read(at.at("queue")),
                Size.read(at.at("stream")),
                (int) at.bytes("of-agent", 64 * 1024, Integer.MAX_VALUE),
                keep);
    }
}
