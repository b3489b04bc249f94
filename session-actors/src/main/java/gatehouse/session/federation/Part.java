package gatehouse.session.federation;

import gatehouse.config.catalogue.Course;
import gatehouse.session.mcp.Element;
import java.util.List;
import java.util.Optional;

/// What one member adds to a joined list; nothing where it cannot be had.
record Part(Course.Member member, Optional<Answered<Listing>> entry) {

    List<Element> items() {
        return entry.map(found -> found.value().items()).orElse(List.of());
    }

    boolean isMissing() {
        return entry.isEmpty();
    }

    boolean isOffered() {
        return entry.filter(found -> found.value().offered()).isPresent();
    }

    boolean isShared() {
        return entry.filter(found -> found.value().shared()).isPresent();
    }

    /// Whether nothing changed: the same member, and the very same answer.
    boolean isSameAs(Part other) {
        return member.equals(other.member) && number() == other.number();
    }

    private long number() {
        return entry.map(Answered::number).orElse(0L);
    }

    static boolean same(List<Part> some, List<Part> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).isSameAs(others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
