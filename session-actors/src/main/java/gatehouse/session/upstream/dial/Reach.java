package gatehouse.session.upstream.dial;

import gatehouse.config.catalogue.Network;

/// What kind of network an address belongs to.
public enum Reach {
    PUBLIC,
    PRIVATE,
    LOOPBACK,
    /// Link-local, multicast, documentation, tunnels and the rest nobody serves MCP on.
    RESERVED,
    /// Where a platform tells its secrets to whoever asks.
    METADATA;

    /// An entry opens the network it names beside the public one, and no other.
    public boolean isOpenTo(Network network) {
        return switch (this) {
            case PUBLIC -> true;
            case PRIVATE -> network == Network.PRIVATE;
            case LOOPBACK -> network == Network.LOOPBACK;
            case RESERVED, METADATA -> false;
        };
    }
}
