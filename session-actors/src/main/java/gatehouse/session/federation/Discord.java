package gatehouse.session.federation;

import gatehouse.config.catalogue.RouteId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is not as it should be in joined lists: told once when it changes, and counted as long as it lasts.
final class Discord {

    private static final Logger LOG = LoggerFactory.getLogger(Discord.class);
    private static final int MOST_TOLD = 10;

    private record Subject(RouteId route, ListKind kind) {}

    private final Map<Subject, List<String>> standing = new HashMap<>(); // as many as routes have lists

    /// Names are told as they are shown: what an upstream calls them may hold anything.
    void note(RouteId route, ListKind kind, List<Part> parts) {
        var problems = problems(kind, parts);
        List<String> before;
        synchronized (this) {
            before = standing.put(new Subject(route, kind), problems);
        }
        if (!problems.isEmpty() && !problems.equals(before)) {
            LOG.atWarn()
                    .addKeyValue("route", route)
                    .addKeyValue("list", kind.method())
                    .addKeyValue("problems", problems.size())
                    .log(
                            "joined list is not as its members have it: {}",
                            problems.stream().limit(MOST_TOLD).toList());
        }
    }

    synchronized int count() {
        return standing.values().stream().mapToInt(List::size).sum();
    }

    synchronized void retain(Predicate<RouteId> routes) {
        standing.keySet().removeIf(subject -> !routes.test(subject.route()));
    }

    private static List<String> problems(ListKind kind, List<Part> parts) {
        var problems = new ArrayList<String>();
        for (var part : parts) {
            var alias = part.member().alias();
            part.entry().map(Answered::value).ifPresent(listing -> {
                if (listing.cut()) {
                    problems.add(alias + " has more than is taken");
                }
                if (kind.isOfNames()) {
                    listing.names(alias).problems().forEach(problem -> problems.add(told(problem)));
                }
            });
        }
        return List.copyOf(problems);
    }

    private static String told(NameTable.Problem problem) {
        return switch (problem.cause()) {
            case TOO_LONG -> problem.shown() + " is too long as it is";
            case CONFUSABLE -> problem.shown() + " looks like another one";
            case LEFT_OUT -> problem.alias() + " has one that no name is left for";
        };
    }
}
