package gatehouse.node.edge.wire;

/// Follows a chunked body: size lines byte by byte, content in strides.
final class ChunkReader {

    private static final int DIGITS_MOST = 8;

    private enum Part {
        SIZE,
        EXTENSION,
        SIZE_END,
        CONTENT,
        CONTENT_CR,
        CONTENT_LF,
        LAST_CR,
        LAST_LF,
        DONE
    }

    private final Limits limits;

    private Part part = Part.DONE;
    private Fault fault = Fault.NONE;
    private long size;
    private int digits;
    private int extension;
    private int count;
    private long total;

    ChunkReader(Limits limits) {
        this.limits = limits;
    }

    void start() {
        fault = Fault.NONE;
        count = 0;
        total = 0;
        next();
    }

    Fault fault() {
        return fault;
    }

    boolean done() {
        return part == Part.DONE;
    }

    /// Reads on to the end of the body, and returns the position after it or `to`.
    int read(byte[] bytes, int from, int to) {
        var at = from;
        while (at < to && part != Part.DONE && fault == Fault.NONE) {
            if (part == Part.CONTENT) {
                var stride = (int) Math.min(size, to - at);
                size -= stride;
                at += stride;
                part = size == 0 ? Part.CONTENT_CR : Part.CONTENT;
            } else {
                step(bytes[at++]);
            }
        }
        return at;
    }

    private void step(byte octet) {
        switch (part) {
            case SIZE -> size(octet);
            case EXTENSION -> extension(octet);
            case SIZE_END -> expect(octet, '\n', Part.CONTENT);
            case CONTENT_CR -> expect(octet, '\r', Part.CONTENT_LF);
            case CONTENT_LF -> expect(octet, '\n', Part.SIZE);
            case LAST_CR -> expect(octet, '\r', Part.LAST_LF);
            case LAST_LF -> expect(octet, '\n', Part.DONE);
            case CONTENT, DONE -> throw new IllegalStateException("no single byte is expected in " + part);
        }
        if (part == Part.SIZE && octet == '\n') {
            next();
        }
    }

    private void next() {
        part = Part.SIZE;
        size = 0;
        digits = 0;
        extension = 0;
    }

    private void size(byte octet) {
        var digit = Octets.hex(octet);
        if (digit >= 0 && digits < DIGITS_MOST) {
            size = (size << 4) | digit;
            digits++;
        } else if (digits == 0 || (octet != '\r' && octet != ';')) {
            fault = Fault.CHUNK;
        } else {
            part = octet == ';' ? Part.EXTENSION : Part.SIZE_END;
            weigh();
        }
    }

    /// Judged before a byte of the content is waited for.
    private void weigh() {
        total += size;
        if (size > limits.chunks().size()) {
            fault = Fault.CHUNK_TOO_LARGE;
        } else if (total > limits.body()) {
            fault = Fault.BODY_TOO_LARGE;
        } else if (size > 0 && ++count > limits.chunks().count()) {
            fault = Fault.TOO_MANY_CHUNKS;
        }
    }

    private void extension(byte octet) {
        if (octet == '\r') {
            part = Part.SIZE_END;
        } else if (!Octets.text(octet) || ++extension > limits.chunks().extension()) {
            fault = Fault.CHUNK_EXTENSION;
        }
    }

    private void expect(byte octet, char wanted, Part then) {
        if (octet != wanted) {
            fault = part == Part.LAST_CR ? Fault.TRAILER : Fault.CHUNK;
        } else {
            part = part == Part.SIZE_END && size == 0 ? Part.LAST_CR : then;
        }
    }
}
