package gatehouse.load;

import gatehouse.load.process.Watched;
import gatehouse.load.wire.Target;

/// A target and the process whose work is measured there.
record Subject(Target target, Watched process) {}
