package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/// One pass over a document: takes every token, notes where the [Place]s are and the first thing that is wrong.
///
/// It reads on after a flaw that leaves the document readable, so that the refusal can name the request's id.
final class Walk {

    /// Above what a double holds; beyond it somebody wants a number written out.
    private static final int MOST_EXPONENT = 999;

    private final JsonParser parser;
    private final Track track;
    private final ReadLimits limits;
    private final Spans spans = Spans.none();
    private Optional<Flaw> flaw = Optional.empty();

    /// What is wrong first; the document is JSON nevertheless.
    record Flaw(Fault fault, String where, String problem) {}

    Walk(JsonParser parser, Track track, ReadLimits limits) {
        this.parser = parser;
        this.track = track;
        this.limits = limits;
    }

    Spans spans() {
        return spans;
    }

    Optional<Flaw> flaw() {
        return flaw;
    }

    /// Reads the value that begins with the current token and stands at `place`.
    void value(Place place) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT
                && Children.of(place).exist()) {
            object(place);
        } else {
            subtree();
        }
    }

    private void object(Place at) throws IOException {
        track.take(parser, JsonToken.START_OBJECT);
        var children = Children.of(at);
        for (var first = true; parser.nextToken() == JsonToken.FIELD_NAME; first = false) {
            var place = children.named(parser.currentName());
            if (place == Place.ELSEWHERE) {
                checkUnread(at, children.mistakable(parser.currentName()));
            }
            checkName();
            int name = track.name(parser, first);
            parser.nextToken();
            if (place == Place.ELSEWHERE) {
                subtree();
            } else {
                int start = track.start(parser);
                value(place);
                spans.set(place, name, start, track.end(parser));
            }
        }
        track.take(parser, JsonToken.END_OBJECT);
    }

    private void subtree() throws IOException {
        int open = 0;
        var first = false;
        do {
            var token = parser.currentToken();
            if (token == JsonToken.FIELD_NAME) {
                checkName();
                track.name(parser, first);
            } else {
                check(token);
                track.take(parser, token);
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        } while (open > 0 && parser.nextToken() != null);
    }

    private void check(JsonToken token) throws IOException {
        switch (token) {
            case VALUE_STRING -> {
                if (parser.getTextLength() > limits.text()) {
                    note(Fault.BEYOND_LIMIT, "a text has more than " + limits.text() + " characters");
                }
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> checkNumber(token);
            default -> {}
        }
    }

    private void checkNumber(JsonToken token) throws IOException {
        if (parser.getTextLength() > limits.digits()) {
            note(Fault.BEYOND_LIMIT, "a number has more than " + limits.digits() + " characters");
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT && exponent(parser.getText()) > MOST_EXPONENT) {
            note(Fault.BEYOND_LIMIT, "a number has an exponent beyond ±" + MOST_EXPONENT);
        }
    }

    /// Without its sign, and never beyond what an int holds: counting stops one digit after the bound is passed.
    private static int exponent(String number) {
        int i = Math.max(number.indexOf('e'), number.indexOf('E')) + 1;
        int exponent = 0;
        for (; i > 0 && i < number.length() && exponent <= MOST_EXPONENT; i++) {
            int digit = Character.digit(number.charAt(i), 10);
            exponent = digit < 0 ? exponent : exponent * 10 + digit;
        }
        return exponent;
    }

    private void checkName() throws IOException {
        if (parser.currentName().length() > limits.name()) {
            note(Fault.BEYOND_LIMIT, "a name has more than " + limits.name() + " characters");
        }
    }

    private void checkUnread(Place at, Place mistakable) {
        if (mistakable != Place.ELSEWHERE) {
            note(Fault.INVALID, "a name looks like " + mistakable.path() + " but is spelled differently");
        } else if (at == Place.ROOT) {
            note(Fault.INVALID, "a name is none of jsonrpc, id, method, params, result, error");
        }
    }

    private void note(Fault fault, String problem) {
        if (flaw.isEmpty()) {
            flaw = Optional.of(
                    new Flaw(fault, "byte " + parser.currentTokenLocation().getByteOffset(), problem));
        }
    }
}
