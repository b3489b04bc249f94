package gatehouse.session.upstream;

import gatehouse.session.mcp.Message;
import java.time.Duration;
import java.util.List;

/// One HTTP exchange with an upstream: what to send.
///
/// Session and protocol version travel as headers: [Header#session], [Header#version].
public sealed interface Outbound {

    List<Header> headers();

    /// On whose behalf: owners get fair parts of an upstream's connections. Empty if on the gateway's own.
    default String owner() {
        return "";
    }

    /// Sends one message.
    ///
    /// @param deadline until the answer is whole, or its event stream begins; a stream is bounded by other means
    record Post(Message message, List<Header> headers, Duration deadline, String owner) implements Outbound {
        public Post {
            headers = List.copyOf(headers);
        }

        public Post(Message message, List<Header> headers, Duration deadline) {
            this(message, headers, deadline, "");
        }
    }

    /// Opens an event stream of a legacy session.
    ///
    /// @param lastEventId where to resume, empty to begin
    record Listen(String lastEventId, List<Header> headers, String owner) implements Outbound {
        public Listen {
            headers = List.copyOf(headers);
        }

        public Listen(String lastEventId, List<Header> headers) {
            this(lastEventId, headers, "");
        }
    }

    /// Ends a legacy session.
    record Delete(List<Header> headers) implements Outbound {
        public Delete {
            headers = List.copyOf(headers);
        }
    }
}
