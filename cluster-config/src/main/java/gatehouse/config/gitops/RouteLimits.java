package gatehouse.config.gitops;

import gatehouse.config.catalogue.Journal;
import gatehouse.config.settings.ConfigReader;
import gatehouse.config.settings.Range;

/// What a route gets whose document says nothing.
///
/// @param body the largest request body in bytes
public record RouteLimits(int body, Journal journal) {

    static final Range<Long> BODY = new Range<>(1024L, 64L * 1024 * 1024);

    static RouteLimits read(ConfigReader at) {
        return new RouteLimits((int) at.bytes("body", BODY.least(), BODY.most()), at.choice("journal", Journal.class));
    }
}
