package gatehouse.session.upstream;

/// How an event stream fails.
public final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    public Broken(Fault fault) {
        super(fault.kind() + ": " + fault.reason(), null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
