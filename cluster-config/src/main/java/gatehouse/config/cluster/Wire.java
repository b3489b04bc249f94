package gatehouse.config.cluster;

/// Marks a message that may cross nodes.
public interface Wire {}
