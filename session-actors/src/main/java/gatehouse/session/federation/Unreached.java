package gatehouse.session.federation;

/// A member gave no usable answer. Why stays unsaid: it may quote the member.
final class Unreached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreached() {
        super("a member gave no usable answer", null, false, false);
    }
}
