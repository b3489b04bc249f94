package gatehouse.session.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Follows the bytes of a connection's answers, as far as it takes to know what the HTTP parser behind can be made to
/// do.
///
/// The parser calls itself once for each interim (1xx) answer, keeps a line until it is whole and looks at it anew with
/// every piece, and keeps what nobody asked for until somebody asks for something else. So interim answers are counted,
/// heads, trailers and chunk sizes are bounded, and an answer without a request is none. Whatever else is wrong with an
/// answer is left to the parser to find: where this reader is in doubt, it reads like the parser or more strictly.
final class AnswerFraming {

    private static final int SIZE_LINE_MOST = 512;
    private static final int BEGINNING = 64;
    private static final String LENGTH = "content-length:";
    private static final String CODING = "transfer-encoding:";
    private static final String FRAMES = "cCtT"; // how lines begin that say how long the answer is
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?![0-9])");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SIZE = Pattern.compile("0{0,16}[0-9a-fA-F]{1,7}");

    private enum Part {
        IDLE,
        HEAD,
        CONTENT,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE
    }

    private final int interimMost;
    private final int headMost;
    private final byte[] line = new byte[BEGINNING]; // how the line being read begins

    private Part part = Part.IDLE;
    private String fault = "";
    private boolean surplus;
    private int lineSize;
    private int headSize;
    private int interims;
    private int status = -1;
    private boolean chunked;
    private long length;

    /// Expects nothing yet.
    ///
    /// @param interimMost interim answers before the one that counts
    /// @param headMost bytes of all heads of one answer together, and of its trailer
    AnswerFraming(int interimMost, int headMost) {
        this.interimMost = interimMost;
        this.headMost = headMost;
    }

    /// A request is on its way. One under way already may still be sending its body.
    void expect() {
        if (part == Part.IDLE) {
            interims = 0;
            headSize = 0;
            head();
        }
    }

    /// What is wrong, in our words; empty if nothing is.
    String fault() {
        return fault;
    }

    /// Whether something came that answers nothing: what came before it is good, and nothing after it is.
    boolean hasSurplus() {
        return surplus;
    }

    /// Reads all of it, and returns how many of its bytes the parser can use without waiting for more.
    ///
    /// @param chunks is shown where a body's chunks are
    int read(byte[] bytes, Chunks chunks) {
        var usable = 0;
        var at = 0;
        while (at < bytes.length && fault.isEmpty() && !surplus) {
            var before = part;
            var from = at;
            at = switch (part) {
                case IDLE -> surplus(at);
                case UNTIL_CLOSE -> bytes.length;
                case CONTENT, CHUNK -> skip(bytes.length, at);
                case HEAD, CHUNK_SIZE, CHUNK_END, TRAILER -> line(bytes, at);
            };
            show(chunks, before, from, at);
            usable = isWaiting() ? usable : at;
        }
        return usable;
    }

    private void show(Chunks chunks, Part what, int from, int to) {
        switch (what) {
            case CHUNK -> chunks.content(from, to, part == Part.CHUNK_END);
            case CHUNK_SIZE, CHUNK_END -> chunks.frame(from, part == Part.TRAILER);
            case TRAILER -> chunks.trailer(from, to);
            case IDLE, HEAD, CONTENT, UNTIL_CLOSE -> {}
        }
    }

    /// Whether the trailer of a chunked body has begun and not ended.
    boolean isInTrailer() {
        return part == Part.TRAILER;
    }

    /// Whether what came last is of no use to the parser yet.
    private boolean isWaiting() {
        return switch (part) {
            case HEAD, CHUNK, CHUNK_END, TRAILER -> true;
            case CHUNK_SIZE -> lineSize > 0;
            case IDLE, CONTENT, UNTIL_CLOSE -> false;
        };
    }

    private int surplus(int at) {
        surplus = true;
        return at;
    }

    private int skip(int end, int at) {
        var stride = (int) Math.min(length, end - at);
        length -= stride;
        if (length == 0) {
            part = part == Part.CHUNK ? Part.CHUNK_END : Part.IDLE;
        }
        return at + stride;
    }

    private int line(byte[] bytes, int from) {
        var at = from;
        while (at < bytes.length && fault.isEmpty()) {
            var octet = bytes[at++];
            if (octet == '\n') {
                ended();
                return at;
            }
            if (lineSize < BEGINNING) {
                line[lineSize] = octet;
            }
            lineSize++;
            weigh();
        }
        return at;
    }

    private void weigh() {
        var most = part == Part.HEAD || part == Part.TRAILER ? headMost - headSize : SIZE_LINE_MOST;
        if (lineSize > most) {
            fault = "head of the answer is too large";
        }
    }

    private void ended() {
        var blank = lineSize == 0 || (lineSize == 1 && line[0] == '\r');
        headSize += lineSize + 1;
        switch (part) {
            case HEAD -> headLine(blank);
            case CHUNK_SIZE -> chunk();
            case CHUNK_END -> chunkEnd(blank);
            case TRAILER -> part = blank ? Part.IDLE : Part.TRAILER;
            case IDLE, CONTENT, CHUNK, UNTIL_CLOSE -> throw new IllegalStateException("no lines in " + part);
        }
        lineSize = 0;
    }

    private void headLine(boolean blank) {
        if (status < 0) {
            statusLine();
        } else if (blank) {
            headEnded();
        } else if (lineSize > LENGTH.length() && FRAMES.indexOf(line[0]) >= 0) {
            field(beginning().toLowerCase(Locale.ROOT));
        }
    }

    private void statusLine() {
        var found = STATUS.matcher(beginning());
        if (!found.lookingAt()) {
            fault = "answer is no HTTP";
            return;
        }
        status = Integer.parseInt(found.group(1));
        if (status < 200 && ++interims > interimMost) {
            fault = "too many interim answers";
        }
    }

    private void field(String text) {
        if (text.startsWith(CODING)) {
            chunked = true; // the parser takes no other coding
        } else if (text.startsWith(LENGTH)) {
            var digits = text.substring(LENGTH.length()).strip();
            if (DIGITS.matcher(digits).matches()) {
                length = Long.parseLong(digits);
            } else {
                fault = "answer has no proper length";
            }
        }
    }

    private void headEnded() {
        if (status < 200) {
            head();
        } else if (status == 204 || status == 304) {
            part = Part.IDLE;
        } else if (chunked) {
            part = Part.CHUNK_SIZE;
        } else if (length < 0) {
            part = Part.UNTIL_CLOSE;
        } else {
            part = length == 0 ? Part.IDLE : Part.CONTENT;
        }
    }

    private void head() {
        part = Part.HEAD;
        status = -1;
        chunked = false;
        length = -1;
    }

    private void chunk() {
        var digits = beginning().split(";", 2)[0].strip();
        if (!SIZE.matcher(digits).matches()) {
            fault = "answer has no proper chunks";
            return;
        }
        length = Long.parseLong(digits, 16);
        part = length == 0 ? Part.TRAILER : Part.CHUNK;
        headSize = 0;
    }

    private void chunkEnd(boolean blank) {
        part = Part.CHUNK_SIZE;
        if (!blank) {
            fault = "answer has no proper chunks";
        }
    }

    private String beginning() {
        return new String(line, 0, Math.min(lineSize, BEGINNING), StandardCharsets.ISO_8859_1);
    }
}
