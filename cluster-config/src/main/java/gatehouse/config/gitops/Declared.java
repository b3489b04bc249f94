package gatehouse.config.gitops;

/// A thing that a document declares, under an id that may turn out to be taken.
record Declared<T>(Written id, T thing) {}
