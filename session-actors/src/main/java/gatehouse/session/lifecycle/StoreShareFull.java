package gatehouse.session.lifecycle;

import gatehouse.policy.verdict.Denial;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// The streams of one principal hold as much in the store as they may.
public final class StoreShareFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Denial denial;

    public StoreShareFull(int most) {
        super("the streams of one agent hold too much of the store", null, false, false);
        this.denial = new Denial.Crowded(Denial.Scope.STORED_BYTES_OF_AGENT, most);
    }

    /// Whether that is why something failed.
    public static Optional<StoreShareFull> in(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof StoreShareFull full ? Optional.of(full) : Optional.empty();
    }

    /// What is out of reach where that, or the store itself, is why.
    static String missing(Throwable failure) {
        return in(failure).isPresent() ? "room for more streams of this agent in the store" : "store";
    }

    public Denial denial() {
        return denial;
    }
}
