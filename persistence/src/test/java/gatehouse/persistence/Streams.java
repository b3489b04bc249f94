package gatehouse.persistence;

import gatehouse.session.lifecycle.Entry;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.StreamKey;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.pekko.util.ByteString;

/// Streams and entries to test with.
public final class Streams {

    private Streams() {}

    public static StreamKey stream(String session, String name) {
        return new StreamKey(new SessionKey(session), name);
    }

    public static Entry opened() {
        return new Entry(0, Entry.Kind.OPENED, ByteString.fromString("\"request-1\""));
    }

    public static Entry message(long number) {
        return message(number, "{\"n\":" + number + "}");
    }

    public static Entry message(long number, String text) {
        return new Entry(number, Entry.Kind.MESSAGE, ByteString.fromString(text));
    }

    public static Entry closed(long number) {
        return new Entry(number, Entry.Kind.CLOSED, ByteString.emptyByteString());
    }

    public static List<Entry> messages(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Streams::message).toList();
    }
}
