package gatehouse.session.call;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where in which stream a client is: what `Last-Event-ID` says.
record EventId(String stream, long number) {

    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,32})-([0-9]{1,18})");

    static Optional<EventId> of(String text) {
        var match = FORM.matcher(text);
        return match.matches()
                ? Optional.of(new EventId(match.group(1), Long.parseLong(match.group(2))))
                : Optional.empty();
    }
}
