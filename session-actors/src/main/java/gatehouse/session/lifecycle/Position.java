package gatehouse.session.lifecycle;

import java.util.Optional;

/// How far the stream of an upstream was read: its own event id, which means something on one leg only.
///
/// It is stored beside what was made of that stream, so that whoever goes on with it can resume the upstream there.
record Position(Leg leg, String eventId) {

    private static final int LONGEST = 1024;

    /// Empty where there is nothing to tell, or more than is kept.
    String text() {
        var text = mark() + " " + eventId;
        return eventId.isEmpty() || text.length() > LONGEST ? "" : text;
    }

    /// The event id in a text, if it is of this leg: another leg's would lead astray.
    static String eventId(Leg leg, String text) {
        return Optional.of(new Position(leg, "").mark() + " ")
                .filter(text::startsWith)
                .map(mark -> text.substring(mark.length()))
                .orElse("");
    }

    /// Tells one leg from the next of the same session.
    private String mark() {
        return Integer.toHexString(leg.session().hashCode());
    }
}
