package gatehouse.session.crossing.legacy;

import gatehouse.session.crossing.legacy.Annotations.Annotation;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/// The pages of one list of tools, one after the other: what is learnt from them, and whether there is another.
///
/// An upstream may send as many and as large ones as it likes. Beyond what is read of them, its tools are unknown:
/// their arguments are not repeated in headers.
final class ToolPages {

    /// Annotations of all tools.
    static final int ANNOTATIONS = 4096;

    /// Bytes of all pages.
    static final long BYTES = 32L << 20;

    private final int most;
    private final long mostBytes;
    private final Set<String> cursors = new HashSet<>();
    private final Map<String, List<Annotation>> annotations = new HashMap<>();
    private long bytes = 0;

    ToolPages(int most) {
        this(most, BYTES);
    }

    ToolPages(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /// The cursor of the next page, as JSON; an upstream that leads in circles, or on and on, is followed no
    /// further.
    Optional<String> add(Message answer) {
        bytes += answer.bytes().length();
        if (bytes > mostBytes) {
            return Optional.empty();
        }
        annotations.putAll(ToolList.annotations(answer, ANNOTATIONS - known()));
        return answer.raw(Place.RESULT_NEXT_CURSOR)
                .map(ByteString::utf8String)
                .filter(cursor -> cursor.startsWith("\""))
                .filter(cursor -> known() < ANNOTATIONS)
                .filter(cursor -> cursors.size() + 1 < most && cursors.add(cursor));
    }

    private int known() {
        return annotations.values().stream().mapToInt(List::size).sum();
    }

    Map<String, List<Annotation>> annotations() {
        return Map.copyOf(annotations);
    }
}
