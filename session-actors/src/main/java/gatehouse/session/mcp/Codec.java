package gatehouse.session.mcp;

import org.apache.pekko.util.ByteString;

/// The strict reader of messages, for agents and for upstreams.
///
/// What an agent sends is written anew from what was understood, so that no reader behind the gateway can understand it
/// otherwise. What an upstream sends is held to the same rules, and its bytes are carried as they came.
public final class Codec {

    private final StrictReader client;
    private final StrictReader upstream;

    public Codec(ReadLimits limits) {
        this(limits, limits);
    }

    public Codec(ReadLimits client, ReadLimits upstream) {
        this.client = new StrictReader(client);
        this.upstream = new StrictReader(upstream);
    }

    public Reading fromClient(ByteString document) {
        return client.copied(document.toArrayUnsafe());
    }

    public Reading fromUpstream(ByteString document) {
        return upstream.kept(document.toArrayUnsafe());
    }
}
