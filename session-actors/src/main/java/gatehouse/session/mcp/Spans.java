package gatehouse.session.mcp;

import java.util.Arrays;

/// Where in a message's bytes each [Place] stands: where its name begins, its value begins, and its value ends.
///
/// Plain numbers in one array, since one of these is made for every message and every rewriting of it.
@SuppressWarnings("EnumOrdinal") // the order of places is never stored or sent, it only indexes this array
final class Spans {

    private static final Place[] PLACES = Place.values();
    private static final int WIDTH = 3;

    private final int[] at;

    private Spans(int[] at) {
        this.at = at;
    }

    static Spans none() {
        return new Spans(new int[PLACES.length * WIDTH]);
    }

    /// Only while a message is being read; whoever holds a message sees its spans as fixed.
    void set(Place place, int name, int start, int end) {
        var i = place.ordinal() * WIDTH;
        at[i] = name;
        at[i + 1] = start;
        at[i + 2] = end;
    }

    boolean has(Place place) {
        return end(place) != 0;
    }

    int name(Place place) {
        return at[place.ordinal() * WIDTH];
    }

    int start(Place place) {
        return at[place.ordinal() * WIDTH + 1];
    }

    int end(Place place) {
        return at[place.ordinal() * WIDTH + 2];
    }

    /// The spans after the bytes in `[from, to)` gave way to `length` others; places that stood within are gone.
    Spans spliced(int from, int to, int length) {
        var after = new Spans(Arrays.copyOf(at, at.length));
        var shift = length - (to - from);
        for (var place : PLACES) {
            if (!has(place) || end(place) <= from) {
                continue;
            }
            if (name(place) >= to) {
                after.set(place, name(place) + shift, start(place) + shift, end(place) + shift);
            } else if (end(place) > to) {
                after.set(place, name(place), start(place), end(place) + shift);
            } else {
                after.set(place, 0, 0, 0);
            }
        }
        return after;
    }

    /// Takes over what was found in a piece that now stands at `offset`.
    Spans with(Spans piece, int offset) {
        for (var place : PLACES) {
            if (piece.has(place)) {
                set(place, piece.name(place) + offset, piece.start(place) + offset, piece.end(place) + offset);
            }
        }
        return this;
    }
}
