package gatehouse.session.mcp;

import java.util.List;

/// What the strict reader made of bytes that are to be several messages: all of them, or why none.
public sealed interface Batch permits Batch.Read, Reading.Malformed {

    record Read(List<Message> messages) implements Batch {
        public Read {
            messages = List.copyOf(messages);
        }
    }
}
