package gatehouse.config.gitops;

import java.util.Comparator;

/// What is wrong with a declaration, where it stands, and what to do: `routes/echo.yaml: 4: journal is not ...`.
public record Problem(Place place, String text) implements Comparable<Problem> {

    private static final Comparator<Problem> READING_ORDER =
            Comparator.comparing(Problem::place).thenComparing(Problem::text);

    @Override
    public int compareTo(Problem other) {
        return READING_ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return place + ": " + text;
    }
}
