package gatehouse.session.upstream.dial;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The port to name lookup: all addresses of a host, asked for once per dialling.
@FunctionalInterface
public interface Resolver {

    /// Fails if the host is unknown or nobody answers.
    CompletionStage<List<InetAddress>> resolve(String host);
}
