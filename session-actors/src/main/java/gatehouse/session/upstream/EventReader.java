package gatehouse.session.upstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/// Reads `text/event-stream` piece by piece, in bounded memory, as the WHATWG HTML standard has it.
///
/// A line that lies within one piece is not copied. Only what is held counts against the bound: the line begun and the
/// data of the event begun, so a stream may be long while its events are not.
final class EventReader {

    /// One event as it stood in the stream. Events that name a type other than `message` have no data.
    ///
    /// @param endpoint what an event of that type says, empty in all others
    record Frame(String id, long retryMillis, ByteString data, String endpoint) {
        Frame(String id, long retryMillis, ByteString data) {
            this(id, retryMillis, data, "");
        }
    }

    private static final String MESSAGE = "message";
    private static final int LONGEST_ID = 1024;
    private static final ByteString NONE = ByteString.emptyByteString();
    private static final ByteString LINE_FEED = ByteString.fromString("\n");
    private static final ByteString MARK = ByteString.fromArray(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});

    private final int limit;
    private final Pile line = new Pile(); // the beginning of a line whose end has not come yet
    private final Pile data = new Pile();
    private boolean hasData;
    private String type = MESSAGE;
    private String id = "";
    private long retry = -1;
    private boolean afterReturn; // a line feed right after a carriage return ends no line of its own
    private boolean first = true;

    EventReader(int limit) {
        this.limit = limit;
    }

    /// The events that this piece completes.
    List<Frame> read(ByteString piece) {
        var frames = new ArrayList<Frame>(1);
        var bytes = piece.compact();
        int start = 0;
        for (int i = 0; i < bytes.size(); i++) {
            var b = bytes.apply(i);
            if (b == '\n' && afterReturn) {
                start = i + 1;
            } else if (b == '\n' || b == '\r') {
                line(ended(bytes.slice(start, i)), frames);
                start = i + 1;
            }
            afterReturn = b == '\r';
        }
        line.add(bytes.drop(start));
        return frames;
    }

    /// Whether more is held than one event may have.
    boolean isOverfull() {
        return held() > limit;
    }

    int held() {
        return line.size() + data.size();
    }

    private ByteString ended(ByteString end) {
        line.add(end);
        var whole = line.take();
        if (first) {
            first = false;
            return whole.startsWith(MARK, 0) ? whole.drop(MARK.size()) : whole;
        }
        return whole;
    }

    private void line(ByteString text, List<Frame> frames) {
        if (text.isEmpty()) {
            dispatch(frames);
            return;
        }
        var colon = text.indexOf((byte) ':');
        var name = (colon < 0 ? text : text.take(colon)).utf8String();
        var value = colon < 0 ? NONE : text.drop(colon + 1);
        field(name, value.startsWith(ByteString.fromString(" "), 0) ? value.drop(1) : value);
    }

    private void field(String name, ByteString value) {
        switch (name) {
            case "data" -> {
                if (hasData) {
                    data.add(LINE_FEED);
                }
                data.add(value);
                hasData = true;
            }
            case "id" -> id = isCarriable(value) ? value.utf8String() : id;
            case "event" -> type = value.isEmpty() ? MESSAGE : value.utf8String();
            case "retry" -> retry = milliseconds(value);
            default -> {} // comments, and fields of a later standard
        }
    }

    private void dispatch(List<Frame> frames) {
        var said = data.isEmpty() ? NONE : data.take();
        var message = type.equals(MESSAGE) ? said : NONE;
        var endpoint = type.equals("endpoint") ? said.utf8String() : "";
        if (!id.isEmpty() || retry >= 0 || !message.isEmpty() || !endpoint.isEmpty()) {
            frames.add(new Frame(id, retry, message, endpoint));
        }
        data.clear();
        hasData = false;
        type = MESSAGE;
        id = "";
        retry = -1;
    }

    /// An id goes back in a header: one that cannot, a NUL in it say, is ignored.
    private static boolean isCarriable(ByteString value) {
        if (value.size() > LONGEST_ID) {
            return false;
        }
        var text = value.decodeString(StandardCharsets.ISO_8859_1);
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    private long milliseconds(ByteString value) {
        var text = value.size() > 9 ? "" : value.utf8String();
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(text) : retry;
    }
}
