package gatehouse.session.mcp;

import java.util.List;
import java.util.Optional;

/// What the strict reader made of some bytes.
public sealed interface Reading {

    record Read(Message message) implements Reading {}

    /// No message. Neither text holds anything of what the bytes say, so both may be logged and sent back.
    ///
    /// @param where the place or the byte where it shows
    /// @param ids the id to echo, if one could be read: at most one
    record Malformed(Fault fault, String where, String problem, List<Id> ids) implements Reading, Batch {
        public Malformed {
            ids = List.copyOf(ids);
        }

        public Malformed(Fault fault, String where, String problem) {
            this(fault, where, problem, List.of());
        }

        public Optional<Id> id() {
            return ids.stream().findFirst();
        }

        /// One sentence for logs and refusals.
        public String text() {
            return where + ": " + problem;
        }
    }
}
