package gatehouse.session.lifecycle;

/// So much waits for the store that nothing more is taken.
public final class StoreBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreBusy(String what) {
        super("too much waits for the store: " + what);
    }
}
