package gatehouse.policy.verdict;

/// What a request offers as proof.
public sealed interface Credential {

    record None() implements Credential {}

    record Key(String text) implements Credential {
        @Override
        public String toString() {
            return "***";
        }
    }

    /// More than one, or one in a form nobody can read: refused rather than guessed at.
    record Unclear(String problem) implements Credential {}
}
