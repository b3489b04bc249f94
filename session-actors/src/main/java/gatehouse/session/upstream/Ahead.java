package gatehouse.session.upstream;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;

/// Reads a stream of events when it is asked to, and one event ahead: by itself a queue takes sixteen, of 4 MiB each.
public final class Ahead {

    private Ahead() {}

    public static Sink<Event, SinkQueueWithCancel<Event>> one() {
        return Sink.<Event>queue(1).withAttributes(Attributes.inputBuffer(1, 1));
    }
}
