package gatehouse.config.catalogue;

import java.time.Duration;
import java.util.List;

/// Where a route leads: to one upstream, or to several that it joins and shows as one, in the order declared.
public record Course(List<Member> members) {

    /// One of the upstreams, and how the route calls it.
    public record Member(Alias alias, Upstream upstream) {}

    public Course {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a route leads somewhere");
        }
    }

    public static Course to(Upstream upstream) {
        return new Course(List.of(new Member(Alias.NONE, upstream)));
    }

    /// Whether several upstreams are shown as one.
    public boolean joined() {
        return members.size() > 1;
    }

    /// The upstream of a route that leads to one alone.
    public Upstream only() {
        if (joined()) {
            throw new IllegalStateException("the route joins " + members.size() + " upstreams");
        }
        return members.getFirst().upstream();
    }

    /// The id of the upstream of a route that leads to one alone; empty for a route that joins several, where what
    /// is
    /// bound to an upstream has to say itself whose it is.
    public String sole() {
        return joined() ? "" : only().id().value();
    }

    /// After which a call is given up, whoever it turns out to be for: the longest of theirs.
    public Duration deadline() {
        var longest = members.getFirst().upstream().deadline();
        for (var member : members) {
            var deadline = member.upstream().deadline();
            longest = deadline.compareTo(longest) > 0 ? deadline : longest;
        }
        return longest;
    }
}
