package gatehouse.session.mcp;

import org.apache.pekko.util.ByteString;

/// The strict reader of messages, for agents and for upstreams.
///
/// What an agent sends is written anew from what was understood, so that no reader behind the gateway can understand it
/// otherwise. What an upstream sends is held to the same rules, and its bytes are carried as they came.
public final class Codec {

    /// Each is a call, whose answer waits for those of all others.
    private static final int MOST_IN_BATCH = 32;

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

    /// Several messages in one array, as clients of 2025-03-26 may send them.
    public Batch batchFromClient(ByteString document) {
        return client.batch(document.toArrayUnsafe(), MOST_IN_BATCH);
    }

    public Reading fromUpstream(ByteString document) {
        return upstream.kept(document.toArrayUnsafe());
    }
}
