package gatehouse.session.call;

import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Fault;

/// Why a stream brought no answer: what the caller is told, and whether it was for a bound of ours.
record Why(Refusal refusal, boolean ours) {

    static Why theirs(Refusal refusal) {
        return new Why(refusal, false);
    }

    /// The same for operators.
    Fault fault() {
        return ours ? new Fault(Fault.Kind.NO_ROOM, refusal.text()) : Fault.unknown(refusal.text());
    }
}
