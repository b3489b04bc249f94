package gatehouse.session.lifecycle;

/// Marks the last state of something durable: to persist it is to delete its row, and to know that it is gone.
///
/// Pekko's own delete does not exist for Java, does not wait for the store, and hides its failure. Whoever persists this
/// stops afterwards; what is started anew under the same id finds nothing.
public interface Ended {}
