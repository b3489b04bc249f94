package gatehouse.node;

import gatehouse.config.cluster.ClusterSettings;
import gatehouse.config.gitops.CatalogueSettings;
import gatehouse.config.settings.BadConfig;
import gatehouse.config.settings.ConfigReader;
import gatehouse.config.settings.Settings;
import gatehouse.node.edge.EdgeSettings;
import gatehouse.persistence.StorageSettings;
import gatehouse.persistence.database.Engine;
import gatehouse.policy.rate.CrowdSettings;
import gatehouse.session.call.CallSettings;
import gatehouse.session.crossing.legacy.LegacySettings;
import gatehouse.session.crossing.modern.ModernSettings;
import gatehouse.session.federation.FederationSettings;
import gatehouse.session.lifecycle.SessionSettings;
import gatehouse.session.mcp.ReadLimits;
import gatehouse.session.upstream.UpstreamSettings;
import java.nio.file.Path;
import java.time.Duration;

/// Every setting of a node, read once before anything runs.
public record NodeSettings(
        ClusterSettings cluster,
        CatalogueSettings catalogue,
        CrowdSettings crowd,
        ReadLimits fromClients,
        UpstreamSettings upstream,
        SessionSettings session,
        CallSettings call,
        LegacySettings legacy,
        ModernSettings modern,
        FederationSettings federation,
        StorageSettings storage,
        EdgeSettings edge,
        Own own) {

    /// `gateway.node`: what belongs to the process itself.
    ///
    /// @param secret the file that holds what session ids and sealed states are made with
    public record Own(
            Path secret,
            EdgeSettings.Bind management,
            Duration keepAlive,
            Duration notice,
            Duration grace,
            Duration sweep,
            int memoryStreams,
            long memoryBytes) {

        static Own read(ConfigReader at) {
            return new Own(
                    Path.of(at.text("secret-file")),
                    new EdgeSettings.Bind(at.text("management.host"), at.integer("management.port", 0, 65_535), 64),
                    at.duration("keep-alive", Duration.ofMillis(100), Duration.ofMinutes(5)),
                    at.duration("notice", Duration.ZERO, Duration.ofMinutes(5)),
                    at.duration("grace", Duration.ZERO, Duration.ofMinutes(10)),
                    at.duration("sweep", Duration.ofMillis(100), Duration.ofHours(1)),
                    at.integer("memory-streams", 1, 1_000_000),
                    at.bytes("memory-bytes", 1 << 20, 1L << 40));
        }
    }

    /// Reads all of them, or says everything that is wrong.
    ///
    /// @throws BadConfig with every problem
    public static NodeSettings read(Settings settings) {
        var reader = settings.reader();
        var read = read(reader.at("gateway"));
        if (!reader.problems().isEmpty()) {
            throw new BadConfig(reader.problems());
        }
        return read;
    }

    private static NodeSettings read(ConfigReader gateway) {
        var settings = all(gateway);
        gateway.check(
                "policy.crowd.bytes-of-agent",
                settings.edge().limits().body() <= settings.crowd().bytesOfAgent(),
                "has no room for the largest body, edge.limits.body");
        gateway.check(
                "cluster.seeds",
                !settings.cluster().shared() || settings.storage().database().engine() == Engine.POSTGRESQL,
                "needs a store that all nodes share: storage.url must begin with jdbc:postgresql:");
        return settings;
    }

    private static NodeSettings all(ConfigReader gateway) {
        return new NodeSettings(
                ClusterSettings.read(gateway.at("cluster")),
                CatalogueSettings.read(gateway.at("catalogue")),
                CrowdSettings.read(gateway.at("policy.crowd")),
                ReadLimits.read(gateway.at("mcp.limits")),
                UpstreamSettings.read(gateway.at("upstream"), ReadLimits.read(gateway.at("mcp.upstream-limits"))),
                SessionSettings.read(gateway.at("session")),
                CallSettings.read(gateway.at("call")),
                LegacySettings.read(gateway.at("crossing.legacy")),
                ModernSettings.read(gateway.at("crossing.modern")),
                FederationSettings.read(gateway.at("federation")),
                StorageSettings.read(gateway.at("storage")),
                EdgeSettings.read(gateway.at("edge")),
                Own.read(gateway.at("node")));
    }
}
