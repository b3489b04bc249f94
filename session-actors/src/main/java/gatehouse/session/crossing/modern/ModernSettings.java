package gatehouse.session.crossing.modern;

import gatehouse.config.settings.ConfigReader;
import java.time.Duration;

/// `gateway.crossing.modern`: how clients of the modern era are carried to upstreams of the legacy era.
///
/// @param soonest the least wait before a stream is opened again, whatever the upstream asks for
public record ModernSettings(
        Legs legs, Parking parking, Listening listening, Resuming resuming, Freshness freshness, Duration soonest) {

    /// The sessions this node holds at upstreams.
    ///
    /// @param idle unused for this long, one is ended
    /// @param ofUpstream how many there may be at one upstream
    /// @param ofNode how many there may be at all of them
    /// @param ofAnonymous how many calls without a key may have one for themselves at one upstream
    /// @param opening how long opening one may take
    /// @param greeting bytes of what an upstream may say of itself when it is opened
    public record Legs(Duration idle, int ofUpstream, int ofNode, int ofAnonymous, Duration opening, int greeting) {}

    /// Calls that wait for their client to answer a question.
    ///
    /// @param life how long one waits
    /// @param ofPrincipal how many of one principal may wait
    /// @param ofNode how many may wait on this node
    /// @param rounds how often one call may ask
    /// @param gather how long more questions of the same call are waited for, to ask them together
    /// @param ofPrincipalBytes of the requests and questions of all calls of one principal that wait
    /// @param ofNodeBytes the same for all on this node
    public record Parking(
            Duration life,
            int ofPrincipal,
            int ofNode,
            int rounds,
            Duration gather,
            int ofPrincipalBytes,
            int ofNodeBytes) {}

    /// What an upstream says by itself.
    ///
    /// @param settle how long a listener waits for the upstream's stream before it is told to listen anyway
    /// @param debounce how long several changes of one kind are gathered into one notification
    /// @param linger how long the upstream's stream is kept without a listener
    /// @param reconnect wait before a broken stream is opened again; doubled up to 64 times
    /// @param buffer notifications kept for a listener that is slow; one more ends its stream
    /// @param bufferBytes bytes of them; what does not fit ends its stream as well
    /// @param subscriptions resources one listener may subscribe to
    /// @param ofLeg resources that all listeners of one leg may subscribe to
    /// @param ofLegBytes bytes of their URIs
    public record Listening(
            Duration settle,
            Duration debounce,
            Duration linger,
            Duration reconnect,
            int buffer,
            int bufferBytes,
            int subscriptions,
            int ofLeg,
            int ofLegBytes) {}

    /// How a stream that an upstream ended in mid-call is gone on with.
    ///
    /// @param times how often without a message between
    /// @param delay how long to wait before that, where the upstream names no time
    public record Resuming(int times, Duration delay) {}

    /// How long clients may take for fresh what a legacy upstream said without saying so.
    public record Freshness(Duration lists, Duration reads) {}

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int GIB = 1 << 30;
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    public static ModernSettings read(ConfigReader at) {
        return new ModernSettings(
                legs(at.at("legs")),
                parking(at.at("parking")),
                listening(at.at("listening")),
                new Resuming(
                        at.integer("resuming.times", 0, 100), at.duration("resuming.delay", Duration.ZERO, MINUTE)),
                new Freshness(
                        at.duration("freshness.lists", Duration.ZERO, HOUR),
                        at.duration("freshness.reads", Duration.ZERO, HOUR)),
                at.duration("soonest", MILLI, MINUTE));
    }

    private static Legs legs(ConfigReader at) {
        var ofUpstream = at.integer("of-upstream", 1, 1_000_000);
        var ofNode = at.integer("of-node", 1, 1_000_000);
        at.check("of-upstream", ofUpstream <= ofNode, "is more than of-node");
        return new Legs(
                at.duration("idle", MILLI, Duration.ofDays(1)),
                ofUpstream,
                ofNode,
                at.integer("of-anonymous", 1, 1000),
                at.duration("opening", MILLI, MINUTE),
                (int) at.bytes("greeting", KIB, 16 * MIB));
    }

    private static Parking parking(ConfigReader at) {
        var ofPrincipal = at.integer("of-principal", 1, 1_000_000);
        var ofNode = at.integer("of-node", 1, 1_000_000);
        at.check("of-principal", ofPrincipal <= ofNode, "is more than of-node");
        var ofPrincipalBytes = (int) at.bytes("of-principal-bytes", KIB, GIB);
        var ofNodeBytes = (int) at.bytes("of-node-bytes", KIB, GIB);
        at.check("of-principal-bytes", ofPrincipalBytes <= ofNodeBytes, "is more than of-node-bytes");
        return new Parking(
                at.duration("life", MILLI, HOUR),
                ofPrincipal,
                ofNode,
                at.integer("rounds", 1, 1000),
                at.duration("gather", Duration.ZERO, SECOND),
                ofPrincipalBytes,
                ofNodeBytes);
    }

    private static Listening listening(ConfigReader at) {
        return new Listening(
                at.duration("settle", MILLI, MINUTE),
                at.duration("debounce", MILLI, Duration.ofMillis(200)),
                at.duration("linger", MILLI, HOUR),
                at.duration("reconnect", MILLI, HOUR),
                at.integer("buffer", 4, 10_000),
                (int) at.bytes("buffer-bytes", KIB, 64 * MIB),
                at.integer("subscriptions", 1, 100_000),
                at.integer("of-leg", 1, 1_000_000),
                (int) at.bytes("of-leg-bytes", KIB, 64 * MIB));
    }
}
