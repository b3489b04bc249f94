package gatehouse.config.gitops;

import gatehouse.config.catalogue.Alias;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.UpstreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a route says where it leads: `upstream` names one, `upstreams` joins several, each under an alias.
final class MembersDocument {

    private static final int FEWEST = 2;
    private static final int MOST = 100;

    private MembersDocument() {}

    static List<Route.Member> read(Section document) {
        var one = document.value("upstream");
        var several = document.value("upstreams");
        if (several.node().isEmpty()) {
            return List.of(new Route.Member(Alias.NONE, reference(one.required())));
        }
        one.check(one.node().isEmpty(), "and upstreams are both there: name one upstream, or join several");
        return joined(several);
    }

    private static List<Route.Member> joined(Value at) {
        var items = at.items();
        var counts = items.size() >= FEWEST && items.size() <= MOST;
        at.check(
                counts,
                "joins " + items.size() + " upstreams, not " + FEWEST + " to " + MOST
                        + "; a single one is named by upstream");
        var members = new ArrayList<Route.Member>();
        var taken = new HashMap<String, Written>();
        for (var item : counts ? items : List.<Value>of()) {
            item.section().ifPresent(section -> members.add(member(section, taken)));
        }
        return members;
    }

    private static Route.Member member(Section section, Map<String, Written> taken) {
        var alias = alias(section.value("alias").required(), taken);
        var upstream = reference(section.value("upstream").required());
        section.finish();
        return new Route.Member(alias.map(Alias::new).orElse(Alias.NONE), upstream);
    }

    private static Optional<String> alias(Value at, Map<String, Written> taken) {
        return at.written()
                .filter(written -> {
                    at.check(
                            Alias.fits(written.value()),
                            "is not a letter of a-z and up to 15 more letters or digits of a-z, 0-9");
                    return Alias.fits(written.value());
                })
                .map(written -> {
                    var owner = taken.putIfAbsent(written.value(), written);
                    at.check(
                            owner == null,
                            "\"" + written.value() + "\" is taken by " + (owner == null ? "" : owner.path()));
                    return written.value();
                });
    }

    private static UpstreamId reference(Value at) {
        return new UpstreamId(Ids.reference(at, Kind.UPSTREAM));
    }
}
