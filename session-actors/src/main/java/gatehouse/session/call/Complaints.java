package gatehouse.session.call;

import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.rate.Seldom;
import gatehouse.session.upstream.Fault;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells operators which upstream fails its callers and how, in our words: one line per upstream now and then, however
/// many calls fail. Nothing of a call is in it. Answers that had no room here are a matter of their own: the upstream
/// did nothing wrong.
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);

    private final Seldom<UpstreamId> failures;
    private final Seldom<UpstreamId> crowding;

    Complaints(InstantSource clock) {
        this.failures = new Seldom<>(clock);
        this.crowding = new Seldom<>(clock);
    }

    void about(UpstreamId upstream, Fault fault) {
        if (fault.isOurs()) {
            say(crowding, upstream, "there was no room here for an answer: {}", fault.reason());
        } else {
            say(failures, upstream, "an upstream failed its caller: {}", fault.reason());
        }
    }

    private static void say(Seldom<UpstreamId> lines, UpstreamId upstream, String line, String reason) {
        lines.worthSaying(upstream)
                .ifPresent(unsaid -> LOG.atWarn()
                        .addKeyValue("upstream", upstream)
                        .addKeyValue("unsaid", unsaid)
                        .log(line, reason));
    }
}
