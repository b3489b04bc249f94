package gatehouse.session.federation;

import java.time.Instant;

/// An answer and until when it is good.
///
/// @param number of the answer: one with the same number holds the same
record Answered<V>(V value, Instant until, long number) {

    boolean goodAt(Instant now) {
        return now.isBefore(until);
    }
}
