package gatehouse.session.upstream.dial;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Finds the addresses of an upstream that a connection may go to.
///
/// A host is looked up once per connection, every address it has is judged, and the connection goes to an address that
/// was judged: a name server that answers differently the next time is never asked a next time. One bad address among
/// good ones refuses them all, since nobody lists one by accident.
public final class SafeDialler {

    /// What became of a lookup.
    public sealed interface Dialled {}

    /// A connection may go to any of these.
    ///
    /// @param addresses at least one, all judged
    public record Checked(List<InetSocketAddress> addresses) implements Dialled {
        public Checked {
            addresses = List.copyOf(addresses);
        }
    }

    /// No connection may be made.
    ///
    /// @param reason fit for an operator; the address stays unsaid
    public record Refused(String reason) implements Dialled {}

    private final Resolver resolver;
    private final Duration patience;

    public SafeDialler(Resolver resolver, Duration patience) {
        this.resolver = resolver;
        this.patience = patience;
    }

    public CompletionStage<Dialled> dial(Locator locator) {
        return Hosts.literal(locator.host())
                .<CompletionStage<Dialled>>map(
                        address -> CompletableFuture.completedFuture(judged(List.of(address), locator)))
                .orElseGet(() -> lookedUp(locator));
    }

    private CompletionStage<Dialled> lookedUp(Locator locator) {
        return resolver.resolve(locator.host())
                .toCompletableFuture()
                .thenApply(addresses -> judged(addresses, locator))
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> new Refused("host could not be looked up"));
    }

    private static Dialled judged(List<InetAddress> addresses, Locator locator) {
        if (addresses.isEmpty()) {
            return new Refused("host has no address");
        }
        for (var address : addresses) {
            if (Addresses.judge(address, locator.network()) instanceof Judgement.Refused(var reach)) {
                return new Refused("host leads to an address that is " + reach + ", closed to this upstream");
            }
        }
        return new Checked(addresses.stream()
                .map(address -> new InetSocketAddress(named(address, locator), locator.port()))
                .toList());
    }

    /// With the host's name on it, so that nothing later looks the address up in reverse.
    private static InetAddress named(InetAddress address, Locator locator) {
        try {
            return InetAddress.getByAddress(locator.bareHost(), address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of " + address.getAddress().length + " bytes", impossible);
        }
    }
}
