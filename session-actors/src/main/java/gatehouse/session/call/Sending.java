package gatehouse.session.call;

import gatehouse.session.lifecycle.Entry;
import gatehouse.session.mcp.Dialect;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Entries of a stream's log as a client of a revision sees them.
final class Sending {

    private Sending() {}

    /// The first entry only tells the id by which the stream can be resumed. Clients before 2025-11-25 choke on it.
    static Source<Answer.Sent, NotUsed> events(Source<Entry, NotUsed> entries, String stream, String version) {
        var primes = Dialect.of(version).filter(Dialect::primes).isPresent();
        return entries.filter(
                        entry -> entry.kind() == Entry.Kind.MESSAGE || (primes && entry.kind() == Entry.Kind.OPENED))
                .map(entry -> new Answer.Sent(
                        stream + "-" + entry.number(),
                        entry.kind() == Entry.Kind.MESSAGE ? entry.data() : ByteString.emptyByteString()));
    }
}
