package gatehouse.config.gitops;

/// That a document names a thing another document must declare.
record Reference(Kind kind, Written id) {}
