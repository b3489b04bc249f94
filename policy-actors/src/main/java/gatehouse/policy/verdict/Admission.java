package gatehouse.policy.verdict;

/// All policies' answer to a call.
public sealed interface Admission {

    record Granted(Permits permits) implements Admission {}

    record Denied(Denial denial) implements Admission {}
}
