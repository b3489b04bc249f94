package gatehouse.node.edge;

import gatehouse.config.settings.ConfigReader;
import gatehouse.node.edge.wire.Deadlines;
import gatehouse.node.edge.wire.Limits;
import java.nio.file.Path;
import java.util.List;

/// `gateway.edge`: where clients are heard, and what is too large, too slow, or too much.
public record EdgeSettings(
        Bind bind, Transport transport, List<String> publicHosts, Limits limits, Deadlines deadlines, Crowd crowd) {

    /// The address to listen at; port 0 for any that is free.
    public record Bind(String host, int port, int backlog) {}

    /// What lies between the socket and HTTP.
    public sealed interface Transport {}

    public record Plain() implements Transport {}

    /// PEM files; what is in the second is secret, where it lies is not.
    public record Tls(Path certificates, Path key) implements Transport {}

    /// How many connections are too many, at all and from one address; 0 for no limit of its own.
    public record Crowd(int connections, int perAddress) {}

    public EdgeSettings {
        publicHosts = List.copyOf(publicHosts);
    }

    public static EdgeSettings read(ConfigReader at) {
        return new EdgeSettings(
                new Bind(at.text("host"), at.integer("port", 0, 65535), at.integer("backlog", 1, 65535)),
                transport(at),
                at.texts("public-hosts"),
                Limits.read(at.at("limits")),
                Deadlines.read(at.at("deadlines")),
                new Crowd(
                        at.integer("connections", 1, 1_000_000), at.integer("connections-per-address", 0, 1_000_000)));
    }

    private static Transport transport(ConfigReader at) {
        var certificates = at.optionalText("tls.certificates");
        var key = at.optionalText("tls.key");
        at.check("tls", certificates.isPresent() == key.isPresent(), "needs both, certificates and key, or neither");
        return certificates.isPresent() && key.isPresent()
                ? new Tls(Path.of(certificates.get()), Path.of(key.get()))
                : new Plain();
    }
}
