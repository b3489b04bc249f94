package gatehouse.config.gitops;

import gatehouse.config.settings.ConfigReader;
import java.time.Duration;

/// `gateway.catalogue`: how declarations are read, and what they get where they say nothing.
public record CatalogueSettings(Duration poll, Bounds bounds, UpstreamLimits upstream, RouteLimits route) {

    /// How much is read at most: files, bytes of one file, bytes of all.
    public record Bounds(int files, int fileSize, int size) {}

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    public static CatalogueSettings read(ConfigReader at) {
        var bounds = new Bounds(at.integer("files", 1, 100_000), (int) at.bytes("file-size", KIB, 16 * MIB), (int)
                at.bytes("size", KIB, 512 * MIB));
        at.check("file-size", bounds.fileSize() <= bounds.size(), "exceeds size, which is for all files together");
        return new CatalogueSettings(
                at.duration("poll", Duration.ofMillis(10), Duration.ofHours(1)),
                bounds,
                UpstreamLimits.read(at.at("defaults.upstream")),
                RouteLimits.read(at.at("defaults.route")));
    }
}
