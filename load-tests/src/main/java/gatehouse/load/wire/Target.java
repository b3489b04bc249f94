package gatehouse.load.wire;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.regex.Pattern;

/// A place on loopback that answers MCP: what a beat is aimed at.
public record Target(String name, InetSocketAddress address, String path, Key key) {

    // Names are not resolved: only what is loopback by its spelling may be beaten on.
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    public static Target at(String name, URI url, Key key) {
        if (!"http".equals(url.getScheme())) {
            throw new IllegalArgumentException(
                    url + ": only http:// addresses can be measured; the load is plain HTTP/1.1");
        }
        if (url.getHost() == null || !LOOPBACK.matcher(url.getHost()).matches()) {
            throw new IllegalArgumentException(
                    url + ": not a loopback address; load goes to 127.0.0.0/8, localhost or [::1] only");
        }
        var port = url.getPort() < 0 ? 80 : url.getPort();
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new Target(name, new InetSocketAddress(url.getHost(), port), path, key);
    }

    public String host() {
        return (address.getHostString().contains(":") ? "[" + address.getHostString() + "]" : address.getHostString())
                + ":" + address.getPort();
    }

    public URI url() {
        return URI.create("http://" + host() + path);
    }

    public Target named(String other) {
        return new Target(other, address, path, key);
    }
}
