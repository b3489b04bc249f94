package gatehouse.config.catalogue;

import java.time.Instant;
import java.util.List;

/// The catalogue that serves now, for any thread to read without asking anybody.
///
/// It has one writer, the keeper of the catalogue. Whoever needs several answers that fit together calls [#now] once.
public final class CurrentCatalogue {

    private record Standing(Catalogue catalogue, Instant since, List<String> problems) {}

    private volatile Standing standing;

    public CurrentCatalogue(Catalogue first, Instant now) {
        standing = new Standing(first, now, List.of());
    }

    public Catalogue now() {
        return standing.catalogue();
    }

    /// When the catalogue that serves now was published.
    public Instant since() {
        return standing.since();
    }

    /// Why what is declared at present cannot serve; empty if it does.
    public List<String> problems() {
        return standing.problems();
    }

    public void publish(Catalogue catalogue, Instant now) {
        standing = new Standing(catalogue, now, List.of());
    }

    /// What is declared is broken, and the last good catalogue goes on serving; or, with no problem, good again.
    public void note(List<String> problems) {
        standing = new Standing(standing.catalogue(), standing.since(), List.copyOf(problems));
    }
}
