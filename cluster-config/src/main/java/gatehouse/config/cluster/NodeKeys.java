package gatehouse.config.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import gatehouse.config.settings.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `gateway.cluster.tls`: by what nodes know each other. PEM files, read again every few minutes, so that new ones may
/// take their place.
///
/// @param authority who signed the certificates of all nodes
public record NodeKeys(Path key, Path certificate, Path authority) {

    private static final String ENGINE = "pekko.remote.artery.ssl.rotating-keys-engine.";

    static Optional<NodeKeys> read(ConfigReader at) {
        var key = at.optionalText("tls.key").map(Path::of);
        var certificate = at.optionalText("tls.certificate").map(Path::of);
        var authority = at.optionalText("tls.authority").map(Path::of);
        var named =
                Stream.of(key, certificate, authority).flatMap(Optional::stream).toList();
        at.check("tls", named.isEmpty() || named.size() == 3, "needs all of key, certificate and authority, or none");
        named.forEach(file -> at.check("tls", Files.isReadable(file), "names " + file + ", which cannot be read"));
        return key.flatMap(
                own -> certificate.flatMap(shown -> authority.map(trusted -> new NodeKeys(own, shown, trusted))));
    }

    /// Both sides show a certificate of the authority, and one name must stand in both.
    Config transport() {
        return ConfigFactory.parseMap(
                Map.of(
                        "pekko.remote.artery.transport",
                        "tls-tcp",
                        "pekko.remote.artery.ssl.ssl-engine-provider",
                        "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider",
                        ENGINE + "key-file",
                        key.toAbsolutePath().toString(),
                        ENGINE + "cert-file",
                        certificate.toAbsolutePath().toString(),
                        ENGINE + "ca-cert-file",
                        authority.toAbsolutePath().toString()),
                "gateway.cluster.tls");
    }
}
