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
final class ToolPages {

    private final int most;
    private final Set<String> cursors = new HashSet<>();
    private final Map<String, List<Annotation>> annotations = new HashMap<>();

    ToolPages(int most) {
        this.most = most;
    }

    /// The cursor of the next page, as JSON; an upstream that leads in circles, or on and on, is followed no
    /// further.
    Optional<String> add(Message answer) {
        annotations.putAll(ToolList.annotations(answer));
        return answer.raw(Place.RESULT_NEXT_CURSOR)
                .map(ByteString::utf8String)
                .filter(cursor -> cursor.startsWith("\""))
                .filter(cursor -> cursors.size() + 1 < most && cursors.add(cursor));
    }

    Map<String, List<Annotation>> annotations() {
        return Map.copyOf(annotations);
    }
}
