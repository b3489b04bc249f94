package gatehouse.session.call;

import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Neighbours.Whereabouts;
import gatehouse.session.lifecycle.Reader;
import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.Word;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A reader of a session's own stream that is written at another node. Every few seconds, and as soon as that node is
/// gone,
/// it tells the session that it is still there.
///
/// So a session that moved hears its upstream again, without its client having to come back; and a reader whose place
/// another took learns that it is over.
final class Attendance {

    /// In the time in which a call that says nothing is taken for gone, the like goes for readers.
    private static final int OFTEN = 3;

    private final CallPorts ports;
    private final SessionKey key;
    private final RouteId route;
    private final Reader reader;
    private String node;
    private long told = System.nanoTime();

    /// @param node where the stream is written now
    Attendance(CallPorts ports, SessionKey key, RouteId route, Reader reader, String node) {
        this.ports = ports;
        this.key = key;
        this.route = route;
        this.reader = reader;
        this.node = node;
    }

    /// Whether more may come. One asks at a time.
    CompletionStage<Boolean> goesOn() {
        var since = Duration.ofNanos(System.nanoTime() - told);
        var pause = isGone()
                ? ports.sessions().settings().again()
                : ports.sessions().settings().lease().dividedBy(OFTEN);
        if (since.compareTo(pause) < 0) {
            return CompletableFuture.completedFuture(true);
        }
        told = System.nanoTime();
        return ports.door()
                .ask(key, replyTo -> new SessionActor.Listen(route, false, -1, reader, replyTo))
                .thenApply(this::heard);
    }

    private boolean isGone() {
        return ports.sessions().neighbours().of(node) == Whereabouts.GONE;
    }

    private boolean heard(Word word) {
        told = System.nanoTime();
        return switch (word) {
            case Word.Listening listening -> {
                node = listening.node();
                yield true;
            }
            case Word.Occupied occupied -> false;
            case Word.Unknown ended -> false;
            default -> true; // it cannot be asked now: its shard is on its way, or the store away
        };
    }
}
