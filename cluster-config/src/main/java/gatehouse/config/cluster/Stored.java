package gatehouse.config.cluster;

/// Marks a shape that outlives the process: never edited, only succeeded by a new version.
public interface Stored {}
