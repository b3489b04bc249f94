package gatehouse.session.federation;

import gatehouse.config.catalogue.Alias;
import gatehouse.config.catalogue.Course;
import java.util.Optional;

/// What clients hold of members without a list to look it up in: task ids, and the state of an interrupted request.
/// Both say whose they are.
final class Marks {

    private static final String TASK = "task";

    private final Stamp stamp;
    private final Joint joint;

    Marks(Stamp stamp, Joint joint) {
        this.stamp = stamp;
        this.joint = joint;
    }

    /// Something of one member's, as the member knows it.
    record Owned(Course.Member member, String own) {}

    /// A task's id for this principal on this route: nobody else's, and the same whenever it is shown.
    String shownTask(Course.Member member, String own) {
        return member.alias() + "-" + stamp.of(stamped(member, own)) + "-" + own;
    }

    Optional<Owned> task(String shown) {
        int dash = shown.indexOf('-');
        int end = dash + 1 + Stamp.LENGTH;
        if (dash < 1 || shown.length() <= end || shown.charAt(end) != '-') {
            return Optional.empty();
        }
        var own = shown.substring(end + 1);
        return joint.member(new Alias(shown.substring(0, dash)))
                .filter(member -> stamp.holds(shown.substring(dash + 1, end), stamped(member, own)))
                .map(member -> new Owned(member, own));
    }

    /// The state of a request, which above is sealed and bound to principal, route and request.
    static String shownState(Course.Member member, String own) {
        return member.alias() + ":" + member.upstream().id() + ":" + own;
    }

    /// Empty if it was given out by an upstream that the alias does not name any more.
    static Optional<String> state(Course.Member member, String shown) {
        var lead = shownState(member, "");
        return shown.startsWith(lead) ? Optional.of(shown.substring(lead.length())) : Optional.empty();
    }

    private String[] stamped(Course.Member member, String own) {
        return new String[] {
            TASK,
            joint.principal().toString(),
            joint.route().id().value(),
            member.alias().value(),
            member.upstream().id().value(),
            own
        };
    }
}
