package gatehouse.node.edge.wire;

/// Reads a request's head line by line, each byte once, and goes on where it stopped when more bytes are there.
///
/// A line is judged when it is whole, its bytes when they are seen, its length as soon as it is too long. So the
/// verdict does
/// not depend on how the network cut the head into pieces.
final class HeadReader {

    /// The head is not complete yet.
    static final int MORE = -1;

    private static final int NAME_MOST = 64;
    private static final int AROUND_TARGET = 16 + 12; // the longest method, two spaces, version, CR LF

    private final Limits.Head limits;
    private final RequestLine line;
    private final Fields fields = new Fields();

    private Fault fault = Fault.NONE;
    private int start; // of the line being read, counted from the head's start
    private int seen; // of that line, all of it text
    private int count;

    HeadReader(Limits.Head limits) {
        this.limits = limits;
        this.line = new RequestLine(limits.target());
    }

    void clear() {
        fields.clear();
        fault = Fault.NONE;
        start = 0;
        seen = 0;
        count = -1;
    }

    Fault fault() {
        return fault;
    }

    boolean bodiless() {
        return line.bodiless();
    }

    boolean chunked() {
        return fields.chunked();
    }

    long length() {
        return fields.length();
    }

    /// Reads on, and returns the position after the head or [#MORE]; look at [#fault] first.
    int read(byte[] bytes, int base, int to) {
        while (fault == Fault.NONE) {
            var from = base + start;
            var end = text(bytes, from, to);
            if (end < 0) {
                return MORE;
            }
            if (end == from && count >= 0) {
                fault = fields.finish(bytes, base, line);
                return end + 2;
            }
            fault = judge(bytes, base, from, end);
            start = end + 2 - base;
            seen = 0;
            count++;
        }
        return MORE;
    }

    /// Where the line's CR LF stands, or [#MORE].
    private int text(byte[] bytes, int from, int to) {
        var most = most();
        var stop = Math.min(to, from + most);
        var at = from + seen;
        while (at < stop && Octets.text(bytes[at])) {
            at++;
        }
        seen = at - from;
        if (at < stop) {
            return broken(bytes, at, to);
        }
        if (seen == most) {
            fault = tooLong();
        }
        return MORE;
    }

    private int broken(byte[] bytes, int at, int to) {
        if (bytes[at] != '\r') {
            fault = bytes[at] == '\n' ? Fault.BARE_LF : Fault.CONTROL;
            return MORE;
        }
        if (at + 1 == to) {
            return MORE;
        }
        if (bytes[at + 1] != '\n') {
            fault = Fault.BARE_CR;
            return MORE;
        }
        return at;
    }

    private int most() {
        var line = count < 0 ? limits.target() + AROUND_TARGET : NAME_MOST + 2 + limits.value();
        return Math.min(line, limits.total() - start);
    }

    private Fault tooLong() {
        if (start + seen >= limits.total()) {
            return Fault.HEAD_TOO_LARGE;
        }
        return count < 0 ? Fault.TARGET_TOO_LONG : Fault.FIELD_TOO_LONG;
    }

    private Fault judge(byte[] bytes, int base, int from, int end) {
        if (count < 0) {
            return line.read(bytes, base, from, end);
        }
        if (count == limits.fields()) {
            return Fault.TOO_MANY_FIELDS;
        }
        if (Octets.blank(bytes[from])) {
            return Fault.FOLDED;
        }
        var colon = from;
        while (colon < end && Octets.token(bytes[colon])) {
            colon++;
        }
        if (colon == from || colon == end || bytes[colon] != ':') {
            return Fault.FIELD_NAME;
        }
        var value = Fields.skip(bytes, colon + 1, end);
        var valueEnd = Fields.trim(bytes, value, end);
        if (colon - from > NAME_MOST || valueEnd - value > limits.value()) {
            return Fault.FIELD_TOO_LONG;
        }
        return fields.read(bytes, base, from, colon, value, valueEnd);
    }
}
