package gatehouse.policy.verdict;

/// Whether a request proved who is calling.
public sealed interface Proof {

    record Proven(Principal principal) implements Proof {}

    record Unproven(Denial denial) implements Proof {}
}
