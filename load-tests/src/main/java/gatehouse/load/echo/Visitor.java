package gatehouse.load.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/// One connection to FastEcho: what has arrived, what waits to go, and whether an answer is still under way.
final class Visitor {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Answers answers;
    private final Outflow out = new Outflow();
    private final Queue<Turn.Step> steps = new ArrayDeque<>();
    private byte[] in = new byte[4096];
    private int arrived;
    private long began;
    private boolean closing;

    Visitor(SocketChannel channel, SelectionKey key, Answers answers) {
        this.channel = channel;
        this.key = key;
        this.answers = answers;
    }

    /// Reads through the loop's buffer and answers what is complete; says whether the connection stays.
    boolean read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            return false;
        }
        buffer.flip();
        if (arrived + buffer.remaining() > in.length) {
            in = Arrays.copyOf(in, Math.max(2 * in.length, arrived + buffer.remaining()));
        }
        var count = buffer.remaining();
        buffer.get(in, arrived, count);
        arrived += count;
        answer();
        return flush();
    }

    boolean flush() throws IOException {
        var flushed = out.flush(channel);
        key.interestOps(wish(flushed));
        return !(flushed && closing);
    }

    boolean busy() {
        return !steps.isEmpty();
    }

    /// When the next step of a slow answer is due, in the terms of `System.nanoTime`.
    long due() {
        return began + steps.element().afterMillis() * 1_000_000L;
    }

    boolean step() throws IOException {
        out.put(Words.word(steps.remove().text()));
        if (steps.isEmpty()) {
            answer();
        }
        return flush();
    }

    void close() {
        steps.clear();
        key.cancel();
        try {
            channel.close();
        } catch (IOException _) {
            key.cancel();
        }
    }

    /// While an answer is under way reading goes on only to notice the other side leaving, and not for ever.
    private int wish(boolean flushed) {
        var read = arrived < RequestReader.LARGEST_BODY + 32 * 1024 ? SelectionKey.OP_READ : 0;
        return flushed ? read : SelectionKey.OP_WRITE;
    }

    private void answer() {
        var from = 0;
        while (from < arrived && !busy() && !closing) {
            var request = RequestReader.read(new Span(in, from, arrived));
            if (request.isEmpty()) {
                break;
            }
            from = request.get().end();
            take(answers.to(request.get(), out));
        }
        System.arraycopy(in, from, in, 0, arrived - from);
        arrived -= from;
    }

    private void take(Turn turn) {
        switch (turn) {
            case Turn.Done _ -> {}
            case Turn.Close _ -> closing = true;
            case Turn.Busy(var later) -> {
                began = System.nanoTime();
                steps.addAll(later);
            }
        }
    }
}
