package gatehouse.session.federation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// An RFC 6570 template, as far as it takes to tell which URIs it may have made. It matches in time that grows with the
/// length of the template times that of the URI, whatever either holds.
record UriTemplate(String text, List<Piece> pieces) {

    /// Operators whose values may hold any character; of the others a value ends at the next `/`.
    private static final String FREE = "+#/?&;";

    private static final int LONGEST = 8192;

    /// Something literal, or an expression.
    sealed interface Piece {}

    record Literal(String text) implements Piece {}

    record Expression(boolean free) implements Piece {}

    UriTemplate {
        pieces = List.copyOf(pieces);
    }

    static UriTemplate of(String text) {
        var pieces = new ArrayList<Piece>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                pieces.add(new Literal(text.substring(at)));
                break;
            }
            if (open > at) {
                pieces.add(new Literal(text.substring(at, open)));
            }
            pieces.add(new Expression(close > open + 1 && FREE.indexOf(text.charAt(open + 1)) >= 0));
            at = close + 1;
        }
        return new UriTemplate(text, pieces);
    }

    /// What every URI of the template begins with.
    String lead() {
        return !pieces.isEmpty() && pieces.getFirst() instanceof Literal(var literal) ? literal : "";
    }

    /// Whether some URI may be of both: wary, as it only looks at how they begin.
    boolean mayMeet(UriTemplate other) {
        return lead().startsWith(other.lead()) || other.lead().startsWith(lead());
    }

    boolean matches(String uri) {
        if (uri.length() > LONGEST || text.length() > LONGEST || !uri.startsWith(lead())) {
            return false;
        }
        var ends = new BitSet();
        ends.set(0);
        for (var piece : pieces) {
            ends = switch (piece) {
                case Literal(var literal) -> after(ends, literal, uri);
                case Expression(var free) -> after(ends, free, uri);
            };
        }
        return ends.get(uri.length());
    }

    private static BitSet after(BitSet starts, String literal, String uri) {
        var ends = new BitSet();
        starts.stream()
                .filter(start -> uri.startsWith(literal, start))
                .forEach(start -> ends.set(start + literal.length()));
        return ends;
    }

    private static BitSet after(BitSet starts, boolean free, String uri) {
        var ends = new BitSet();
        for (int i = starts.nextSetBit(0); i >= 0; ) {
            int slash = free ? -1 : uri.indexOf('/', i);
            int end = slash < 0 ? uri.length() : slash;
            ends.set(i, end + 1);
            i = starts.nextSetBit(end + 1);
        }
        return ends;
    }
}
