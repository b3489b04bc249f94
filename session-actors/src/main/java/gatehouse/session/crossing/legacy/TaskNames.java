package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Binding;
import gatehouse.session.mcp.Seal;
import java.util.Optional;

/// Names of tasks as agents hold them: the upstream's own, sealed for one principal on one route. Whoever comes by
/// somebody
/// else's cannot use it, and every node understands its agents' names without remembering any.
record TaskNames(View view) {

    /// Nothing where the upstream's name is too long to be carried.
    Optional<String> shown(String name) {
        var expires = view.shared()
                .clock()
                .instant()
                .plus(view.shared().settings().tasks().life());
        return view.shared().seal().seal(name, binding(), expires);
    }

    /// What the upstream calls it; nothing if the name is not this principal's, not of this route, or too old.
    Optional<String> own(String shown) {
        return view.shared()
                                .seal()
                                .open(
                                        shown,
                                        this::binding,
                                        view.shared().clock().instant())
                        instanceof Seal.Opening.Opened(var name)
                ? Optional.of(name)
                : Optional.empty();
    }

    private Binding binding() {
        return Binding.ofTask(
                view.whose().principal().toString(),
                view.route(),
                view.whose().course().sole());
    }
}
