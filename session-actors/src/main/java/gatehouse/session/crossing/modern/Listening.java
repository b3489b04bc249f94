package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/// One `subscriptions/listen`: told first what it will hear of, then that, each under its own id, and at last that it
/// is
/// over.
final class Listening {

    /// A stream that nobody reads ends after this.
    private static final Duration TO_BEGIN = Duration.ofSeconds(10);

    private final FacePorts ports;
    private final SharedLeg leg;
    private final Hello hello;
    private final Id id;
    private final Listener listener;
    private final AtomicBoolean gone = new AtomicBoolean();

    /// @param leg taken for it, which gives it back
    Listening(FacePorts ports, SharedLeg leg, Hello hello, Message listen) {
        var settings = ports.settings().listening();
        this.ports = ports;
        this.leg = leg;
        this.hello = hello;
        this.id = listen.id().orElseThrow();
        this.listener =
                new Listener(Wishes.of(listen, settings.subscriptions()).promised(hello), settings, ports.system());
        ports.listeners().incrementAndGet();
    }

    /// The stream, once the upstream's is there.
    CompletionStage<Source<Event, NotUsed>> begin() {
        var settings = ports.settings().listening();
        leg.hub(hello, ports.settings()).tell(new HubActor.Join(listener));
        return listener.settled()
                .orTimeout(settings.settle().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(this::stream);
    }

    /// It listens no more.
    void leave() {
        if (gone.compareAndSet(false, true)) {
            ports.listeners().decrementAndGet();
            leg.hub(hello, ports.settings()).tell(new HubActor.Leave(listener));
            listener.end();
            ports.legs().giveBack(leg);
        }
    }

    private Source<Event, NotUsed> stream(Wishes kept) {
        if (kept.isEmpty()) {
            listener.end();
        }
        var begun = new AtomicBoolean();
        ports.system()
                .scheduler()
                .scheduleOnce(TO_BEGIN, () -> leaveUnless(begun), ports.system().executionContext());
        var acknowledged = Message.notification(
                "notifications/subscriptions/acknowledged", "{\"notifications\":" + kept.json() + "}");
        return Source.single(acknowledged)
                .concatLazy(listener.messages())
                .map(this::tagged)
                .concatLazy(Source.single(Message.result(id, "{\"resultType\":\"complete\",\"_meta\":{}}")
                        .with(Place.RESULT_META_SUBSCRIPTION_ID, id.json())))
                .map(message -> new Event("", -1, List.of(message)))
                .watchTermination((unused, done) -> {
                    begun.set(true);
                    done.whenComplete((end, failure) -> leave());
                    return unused;
                });
    }

    private void leaveUnless(AtomicBoolean begun) {
        if (!begun.get()) {
            leave();
        }
    }

    private Message tagged(Message notification) {
        return notification.with(Place.META_SUBSCRIPTION_ID, id.json());
    }
}
