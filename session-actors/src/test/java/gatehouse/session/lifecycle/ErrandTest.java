package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ErrandTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Message HELLO = Message.request(new Id.Text("open"), "initialize", "{}");

    private final CompletableFuture<Done> ended = new CompletableFuture<>();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void a_stream_brings_the_answer_among_other_things() {
        var answer = Message.result(new Id.Text("open"), "{}");
        var note = Message.notification("notifications/message", "{}");

        var fetched = run(Source.from(List.of(event(note), event(answer))).concat(Source.never()), seconds(5));

        assertThat(fetched.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(new Errand.Fetched(answer, "s-1"));
        assertThat(ended.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(Done.getInstance());
    }

    @Test
    void a_stream_that_never_brings_it_is_let_go_at_the_deadline() {
        var fetched = run(Source.never(), Duration.ofMillis(100));

        assertThat(why(fetched))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.fault().kind()).isEqualTo(Fault.Kind.TOO_SLOW));
        assertThat(ended.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(Done.getInstance());
    }

    @Test
    void a_stream_that_ends_without_it_is_said_to_have_ended() {
        assertThat(why(run(Source.empty(), seconds(5)))).isInstanceOf(Reply.Streamed.class);
    }

    @Test
    void giving_it_up_lets_the_stream_go() {
        var opened = new CompletableFuture<Done>();
        Source<Event, NotUsed> silent = Source.<Event>never().mapMaterializedValue(never -> {
            opened.complete(Done.getInstance());
            return NotUsed.getInstance();
        });

        var errand = run(silent, seconds(60));
        opened.orTimeout(5, TimeUnit.SECONDS).join();
        errand.cancel(true);

        assertThat(ended.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(Done.getInstance());
    }

    @Test
    void giving_it_up_before_there_is_an_answer_gives_the_exchange_up() {
        var exchange = new CompletableFuture<Reply>();

        Errand.run(outbound -> exchange, new Outbound.Post(HELLO, List.of(), seconds(60)), KIT.system())
                .cancel(true);

        assertThat(exchange).isCancelled();
    }

    private CompletableFuture<Errand.Fetched> run(Source<Event, NotUsed> events, Duration deadline) {
        var watched = events.watchTermination((used, end) -> {
            end.whenComplete((done, failure) -> ended.complete(Done.getInstance()));
            return NotUsed.getInstance();
        });
        Peer peer = outbound -> CompletableFuture.completedFuture(new Reply.Streamed(watched, "s-1"));
        return Errand.run(peer, new Outbound.Post(HELLO, List.of(), deadline), KIT.system());
    }

    private static Reply why(CompletableFuture<Errand.Fetched> errand) {
        return errand.handle((fetched, failure) -> ((Errand.Failed) failure).reply())
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    private static Event event(Message message) {
        return new Event("", -1, List.of(message));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
