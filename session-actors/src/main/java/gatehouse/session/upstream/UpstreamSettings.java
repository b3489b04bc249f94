package gatehouse.session.upstream;

import gatehouse.config.settings.ConfigReader;
import gatehouse.session.mcp.ReadLimits;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/// `gateway.upstream`: how the gateway behaves towards upstreams, whatever their entries say.
public record UpstreamSettings(
        Pool pool, Bounds bounds, Dialling dialling, Probing probing, Sse sse, ReadLimits reading) {

    /// The connections to one upstream, and the queue for them.
    ///
    /// @param waiting calls that may wait for a connection to one upstream
    /// @param patience how long each of them may
    /// @param idle how long an unused connection is kept
    public record Pool(int waiting, Duration patience, Duration idle) {}

    /// What an upstream may make the gateway hold and wait for.
    ///
    /// @param body bytes of a JSON answer
    /// @param errorBody bytes of the body of a refusal
    /// @param event bytes of one event
    /// @param interim interim (1xx) answers before the one that counts
    /// @param head bytes of the heads of one answer
    /// @param stream how long an event stream may last
    /// @param claim how long an event stream may lie unread
    /// @param drain how long a stream may stay open after its answer
    public record Bounds(
            int body,
            int errorBody,
            int event,
            int interim,
            int head,
            Duration stream,
            Duration claim,
            Duration drain) {}

    /// How upstreams are found.
    ///
    /// @param lookup how long a name may take to be looked up
    /// @param parallel lookups at once
    /// @param ports that a public upstream may listen on
    public record Dialling(Duration lookup, int parallel, Set<Integer> ports) {
        public Dialling {
            ports = Set.copyOf(ports);
        }
    }

    /// How the gateway learns which revisions an upstream speaks.
    ///
    /// @param timeout of one question
    /// @param decided how long a verdict on an upstream's revisions holds
    /// @param undecided when to ask again, where no verdict was reached
    public record Probing(Duration timeout, Duration decided, Duration undecided) {}

    /// Sessions with upstreams that speak HTTP+SSE. Each holds a connection of its upstream's `limits.streams`.
    ///
    /// @param endpoint how long an upstream may take to name where it takes messages
    /// @param idle after which a session that nobody uses is closed
    /// @param calls that may wait for their answer in one session
    /// @param backlog messages outside of any call that wait for a reader; beyond it the oldest are dropped
    /// @param unread messages of one call that wait for its reader; beyond it none is waited for
    /// @param lingering how long a call that was given up may still ask, if it is not answered before
    public record Sse(Duration endpoint, Duration idle, int calls, Unread backlog, Unread unread, Duration lingering) {}

    /// What may wait for a reader: messages, and bytes of them together.
    public record Unread(int messages, int bytes) {

        private static Unread read(ConfigReader at, String key) {
            return new Unread(at.integer(key, 1, 10_000), (int) at.bytes(key + "-bytes", 1024, 256 << 20));
        }
    }

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    public static UpstreamSettings read(ConfigReader at, ReadLimits reading) {
        return new UpstreamSettings(
                pool(at.at("pool")),
                bounds(at.at("bounds")),
                dialling(at.at("dialling")),
                probing(at.at("probing")),
                sse(at.at("sse")),
                reading);
    }

    private static Pool pool(ConfigReader at) {
        return new Pool(
                at.integer("waiting", 0, 100_000),
                at.duration("patience", MILLISECOND, Duration.ofMinutes(1)),
                at.duration("idle", MILLISECOND, Duration.ofMinutes(10)));
    }

    private static Bounds bounds(ConfigReader at) {
        return new Bounds(
                (int) at.bytes("body", 1024, 256 << 20),
                (int) at.bytes("error-body", 1024, 1 << 20),
                (int) at.bytes("event", 1024, 256 << 20),
                at.integer("interim", 0, 100),
                (int) at.bytes("head", 1024, 1 << 20),
                at.duration("stream", MILLISECOND, Duration.ofDays(1)),
                at.duration("claim", MILLISECOND, Duration.ofMinutes(1)),
                at.duration("drain", MILLISECOND, Duration.ofMinutes(1)));
    }

    private static Dialling dialling(ConfigReader at) {
        var ports = at.texts("ports");
        var known = ports.stream().allMatch(port -> port.matches("[1-9][0-9]{0,4}"));
        at.check("ports", known, "holds something that is no port");
        return new Dialling(
                at.duration("lookup", MILLISECOND, Duration.ofMinutes(1)),
                at.integer("parallel", 1, 64),
                known ? ports.stream().map(Integer::valueOf).collect(Collectors.toSet()) : Set.of());
    }

    private static Sse sse(ConfigReader at) {
        return new Sse(
                at.duration("endpoint", MILLISECOND, Duration.ofMinutes(1)),
                at.duration("idle", MILLISECOND, Duration.ofDays(1)),
                at.integer("calls", 1, 10_000),
                Unread.read(at, "backlog"),
                Unread.read(at, "unread"),
                at.duration("lingering", Duration.ZERO, Duration.ofMinutes(10)));
    }

    private static Probing probing(ConfigReader at) {
        return new Probing(
                at.duration("timeout", MILLISECOND, Duration.ofMinutes(1)),
                at.duration("decided", MILLISECOND, Duration.ofDays(1)),
                at.duration("undecided", MILLISECOND, Duration.ofHours(1)));
    }
}
