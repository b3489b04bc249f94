package gatehouse.session.upstream.dial;

import gatehouse.config.catalogue.Network;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Judges addresses before they are dialled, by a list of its own.
///
/// What the JDK knows of special addresses is incomplete: `isSiteLocalAddress` misses fc00::/7 and 100.64.0.0/10. Forms
/// that carry an IPv4 address inside an IPv6 one are unwrapped, since a kernel or a translator on the way would, too.
public final class Addresses {

    private static final List<Cidr> METADATA = ranges(
            "169.254.169.254",
            "169.254.170.2",
            "169.254.170.23",
            "100.100.100.200",
            "192.0.0.192",
            "168.63.129.16", // a public range, yet the platform's own
            "fd00:ec2::254",
            "fd00:ec2::23",
            "fd20:ce::254");

    private static final List<Cidr> LOOPBACK = ranges("127.0.0.0/8", "::1");

    private static final List<Cidr> PRIVATE =
            ranges("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    private static final List<Cidr> RESERVED = ranges(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96", // unspecified, and IPv4-compatible
            "::ffff:0:0:0/96", // IPv4-translated
            "64:ff9b:1::/48", // NAT64 of a local prefix
            "100::/64",
            "100:0:0:1::/64",
            "2001::/23", // Teredo and ORCHID among them
            "2001:db8::/32",
            "2002::/16", // 6to4
            "3fff::/20",
            "5f00::/16",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

    private Addresses() {}

    public static Judgement judge(InetAddress address, Network network) {
        var reach = reach(address.getAddress());
        return reach.isOpenTo(network) ? new Judgement.Allowed() : new Judgement.Refused(reach);
    }

    /// An IPv4-mapped address is the IPv4 address, and the JDK already hands it over as such.
    private static Reach reach(byte[] address) {
        if (isIn(METADATA, address)) {
            return Reach.METADATA;
        }
        if (NAT64.holds(address)) {
            return nat64(address);
        }
        if (isIn(LOOPBACK, address)) {
            return Reach.LOOPBACK;
        }
        if (isIn(RESERVED, address) || isIsatap(address)) {
            return carriesMetadata(address) ? Reach.METADATA : Reach.RESERVED;
        }
        return isIn(PRIVATE, address) ? Reach.PRIVATE : Reach.PUBLIC;
    }

    /// RFC 6052: the well-known prefix stands for public IPv4 addresses only.
    private static Reach nat64(byte[] address) {
        var inner = reach(v4(address, 12, 0));
        return inner == Reach.PUBLIC || inner == Reach.METADATA ? inner : Reach.RESERVED;
    }

    /// Refused all the same; but whoever reads the refusal should see what was tried.
    private static boolean carriesMetadata(byte[] address) {
        return address.length == 16
                && Stream.of(v4(address, 12, 0), v4(address, 2, 0), v4(address, 4, 0), v4(address, 12, 0xFF))
                        .anyMatch(inner -> isIn(METADATA, inner));
    }

    private static boolean isIsatap(byte[] address) {
        return address.length == 16
                && (address[8] & 0xFD) == 0
                && address[9] == 0
                && address[10] == 0x5E
                && address[11] == (byte) 0xFE;
    }

    /// The IPv4 address inside; Teredo writes it with every bit turned over.
    private static byte[] v4(byte[] address, int offset, int turned) {
        var inner = Arrays.copyOfRange(address, offset, offset + 4);
        for (int i = 0; i < inner.length; i++) {
            inner[i] ^= (byte) turned;
        }
        return inner;
    }

    private static boolean isIn(List<Cidr> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.holds(address));
    }

    private static List<Cidr> ranges(String... texts) {
        return Arrays.stream(texts).map(Cidr::of).toList();
    }
}
