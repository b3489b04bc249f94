package gatehouse.session.federation;

import gatehouse.session.mcp.Message;
import java.time.Duration;

/// A member's result that may be given again: what a resource held, or what a member can do.
record Kept(Message result) implements Lasting {

    @Override
    public Duration life() {
        return Asking.life(result);
    }

    @Override
    public boolean shared() {
        return Asking.shared(result);
    }

    @Override
    public long weight() {
        return result.bytes().size();
    }
}
