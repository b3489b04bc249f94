package gatehouse.node.edge;

import gatehouse.session.call.Answer;
import gatehouse.session.mcp.Message;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.MergeHub;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// What goes over the one stream of an HTTP+SSE client, from however many answers at once.
final class SseEvents {

    /// Messages of one answer that are taken ahead of the client's reading.
    private static final int AHEAD = 1;

    private final ActorSystem<?> system;
    private final SharedKillSwitch cut = KillSwitches.shared("sse");
    private final Sink<ByteString, NotUsed> out;
    private final Source<ByteString, NotUsed> messages;

    SseEvents(ActorSystem<?> system) {
        this.system = system;
        var hub = MergeHub.of(ByteString.class, AHEAD).via(cut.flow()).preMaterialize(system);
        this.out = hub.first();
        this.messages = hub.second();
    }

    /// One message at a time, on one line each.
    Source<ByteString, NotUsed> messages() {
        return messages;
    }

    /// @param after is run once it is written, or never will be
    void say(Message message, Runnable after) {
        send(Source.single(new Answer.Sent("", message.bytes())), Source.empty(), after);
    }

    /// An event that only tells its id means nothing here, as no stream is resumed; and one that breaks must not
    /// take the others with it.
    ///
    /// @param instead what follows where it broke
    void send(Source<Answer.Sent, NotUsed> sent, Source<ByteString, NotUsed> instead, Runnable after) {
        sent.map(Answer.Sent::message)
                .filter(message -> !message.isEmpty())
                .recoverWithRetries(1, Throwable.class, () -> instead)
                .watchTermination((none, done) -> {
                    done.whenComplete((end, failure) -> after.run());
                    return none;
                })
                .runWith(out, system);
    }

    void end() {
        cut.shutdown();
    }
}
