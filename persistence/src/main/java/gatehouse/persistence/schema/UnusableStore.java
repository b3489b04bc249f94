package gatehouse.persistence.schema;

/// The database holds tables this build cannot work with; the message says what to do.
public final class UnusableStore extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableStore(String message) {
        super(message);
    }
}
