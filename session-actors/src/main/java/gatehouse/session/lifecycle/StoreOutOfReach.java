package gatehouse.session.lifecycle;

/// The store did not answer, or not in time. What was asked of it may or may not have happened.
public final class StoreOutOfReach extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreOutOfReach(Throwable cause) {
        super("the store is out of reach: " + cause.getMessage(), cause);
    }
}
