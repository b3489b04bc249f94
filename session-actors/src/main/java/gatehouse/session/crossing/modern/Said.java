package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Reply;

/// What comes next for the client while its request is under way.
sealed interface Said {

    /// There is more to come.
    record Beside(Message message) implements Said {}

    /// The answer, and the HTTP status it deserves if nothing went before it.
    record Last(int status, Message message) implements Said {
        static Last of(Refusal refusal, Id id) {
            return new Last(refusal.status(), refusal.message(id));
        }
    }

    /// The answer, while the upstream goes on waiting.
    ///
    /// @param parked the name under which the call is kept
    record Asking(Message message, String parked) implements Said {}

    /// Nothing more will come: the upstream failed, and says no more of that than this.
    record Lost(Reply reply) implements Said {
        static Lost by(Fault fault) {
            return new Lost(new Reply.Failed(fault));
        }
    }
}
