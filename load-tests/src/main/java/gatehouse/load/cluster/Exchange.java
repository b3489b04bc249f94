package gatehouse.load.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// HTTP/1.1 as the balancer needs it: where a message begins and ends.
final class Exchange {

    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 100;
    private static final int LARGEST_BODY = 8 << 20;
    private static final List<String> OF_ONE_HOP = List.of("connection", "keep-alive");

    private Exchange() {}

    /// The first line of a message, and its headers.
    record Head(String first, List<String> headers) {

        Optional<String> header(String name) {
            return headers.stream()
                    .filter(line -> name(line).equals(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        }

        /// For the next hop, on a connection that ends with it.
        byte[] forward(boolean closing) {
            var text = new StringBuilder(first).append("\r\n");
            headers.stream()
                    .filter(line -> !OF_ONE_HOP.contains(name(line)))
                    .forEach(line -> text.append(line).append("\r\n"));
            return text.append(closing ? "Connection: close\r\n\r\n" : "\r\n")
                    .toString()
                    .getBytes(ISO_8859_1);
        }

        int status() {
            return Integer.parseInt(first.split(" ", 3)[1]);
        }

        boolean isChunked() {
            return header("transfer-encoding")
                    .filter("chunked"::equalsIgnoreCase)
                    .isPresent();
        }

        private static String name(String line) {
            return line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
        }
    }

    /// Nothing where the other side has closed between two messages.
    static Optional<Head> head(InputStream in) throws IOException {
        var first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var headers = new ArrayList<String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (headers.size() == MOST_HEADERS) {
                throw new IOException("more than " + MOST_HEADERS + " headers");
            }
            headers.add(line);
        }
        return Optional.of(new Head(first, headers));
    }

    /// A whole body, so that it can be given to another node where one does not take it.
    static byte[] body(Head head, InputStream in) throws IOException {
        if (head.isChunked()) {
            throw new IOException("a request in chunks");
        }
        var length = Integer.parseInt(head.header("content-length").orElse("0"));
        if (length < 0 || length > LARGEST_BODY) {
            throw new IOException("a body of " + length + " bytes");
        }
        var body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("a body that breaks off");
        }
        return body;
    }

    /// Passes a response's body on as it comes. False if only the end of the connection ends it.
    static boolean pass(Head head, BufferedInputStream in, OutputStream out) throws IOException {
        var status = head.status();
        if (status == 204 || status == 304) {
            return true;
        }
        if (head.isChunked()) {
            chunks(in, out);
            return true;
        }
        var length = head.header("content-length").map(Long::parseLong);
        copy(in, out, length.orElse(Long.MAX_VALUE));
        return length.isPresent();
    }

    private static void chunks(BufferedInputStream in, OutputStream out) throws IOException {
        while (true) {
            var size = line(in);
            var length = Long.parseLong(size.split(";", 2)[0].strip(), 16);
            out.write((size + "\r\n").getBytes(ISO_8859_1));
            if (length == 0) {
                for (var trailer = line(in); !trailer.isEmpty(); trailer = line(in)) {
                    out.write((trailer + "\r\n").getBytes(ISO_8859_1));
                }
                out.write("\r\n".getBytes(ISO_8859_1));
                out.flush();
                return;
            }
            copy(in, out, length + 2);
            out.flush();
        }
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        var buffer = new byte[16 * 1024];
        for (var left = length; left > 0; ) {
            var read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                if (length == Long.MAX_VALUE) {
                    return;
                }
                throw new EOFException("a response that breaks off");
            }
            out.write(buffer, 0, read);
            left -= read;
            if (in.available() == 0) {
                out.flush();
            }
        }
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " characters");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }
}
