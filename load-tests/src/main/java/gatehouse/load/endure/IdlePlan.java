package gatehouse.load.endure;

import java.time.Duration;

/// How many sessions and streams are to lie idle, and what goes on meanwhile.
///
/// @param rate calls a second while they are held
/// @param passivation how long to wait, without streams, until idle sessions have left memory; zero for not at all
public record IdlePlan(int sessions, int streams, int rate, Duration hold, Duration passivation) {}
