package gatehouse.config.gitops;

import java.util.Comparator;

/// A line of a document. Line 0 is the file as a whole.
public record Place(String file, int line) implements Comparable<Place> {

    private static final Comparator<Place> READING_ORDER =
            Comparator.comparing(Place::file).thenComparingInt(Place::line);

    @Override
    public int compareTo(Place other) {
        return READING_ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line > 0 ? file + ": " + line : file;
    }
}
