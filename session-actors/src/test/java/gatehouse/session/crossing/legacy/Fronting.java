package gatehouse.session.crossing.legacy;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.settings.ConfigReader;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.lifecycle.Leg;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.SessionBounds;
import gatehouse.session.mcp.Seal;
import gatehouse.session.mcp.SealKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;

/// What tests of the way from old clients to new upstreams are made of.
public final class Fronting {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    static final SessionBounds BOUNDS = new SessionBounds(9, 9, 8192, 2048, 65_536);

    /// A client that can be asked everything.
    static final String ASKABLE =
            "{\"sampling\":{},\"roots\":{\"listChanged\":true},\"elicitation\":{\"form\":{},\"url\":{}}}";

    private Fronting() {}

    public static LegacySettings settings(String... changes) {
        var config = ConfigFactory.parseString(String.join("\n", changes))
                .withFallback(ConfigFactory.load())
                .resolve();
        return LegacySettings.read(ConfigReader.of(config).at("gateway.crossing.legacy"));
    }

    public static Seal seal() {
        return new Seal(SealKey.of(0, new byte[32]), List.of());
    }

    public static LegacyFaces faces(ActorSystem<?> system, InstantSource clock) {
        return new LegacyFaces(system, settings(), 1000, seal(), clock);
    }

    static Session session(String version, String capabilities) {
        var opening = new Session.Opening(
                version,
                "{\"protocolVersion\":\"" + version + "\",\"capabilities\":" + capabilities
                        + ",\"clientInfo\":{\"name\":\"old\",\"version\":\"1\"}}",
                "stream",
                new Leg(Leg.modernSession(), version));
        return Session.opened(Principal.ANONYMOUS, new RouteId("route"), opening, NOW);
    }

    static Client client(String version, String capabilities) {
        return Client.of(session(version, capabilities));
    }
}
