package gatehouse.session.upstream.sse;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.UpstreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Whose a question is that does not say so.
class InFlightTest {

    private static final Message QUESTION = Message.request(new Id.Number(77), "elicitation/create", "{}");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may overflow
    private final InFlight calls = new InFlight(3, Duration.ofSeconds(10), nanos::get);

    private SseCall begin(int id) {
        var call = new SseCall(
                Message.request(new Id.Number(id), "tools/call", "{}"), new UpstreamSettings.Unread(1, 1024));
        assertThat(calls.add(call)).isEqualTo(InFlight.Room.TAKEN);
        call.over().thenAccept(done -> calls.remove(call));
        return call;
    }

    @Test
    void what_a_call_that_was_given_up_may_still_ask_is_not_asked_of_another() {
        var givenUp = begin(1);
        var other = begin(2);
        givenUp.reply().cancel(true);

        assertThat(calls.whose(QUESTION)).isEqualTo(new InFlight.Whose.Unclear());
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(calls.whose(QUESTION)).isEqualTo(new InFlight.Whose.Of(other));
    }

    @Test
    void a_call_that_was_given_up_asks_nothing_more_once_it_is_answered() {
        var late = begin(1);
        var other = begin(2);
        late.late();
        assertThat(calls.whose(QUESTION)).isEqualTo(new InFlight.Whose.Unclear());

        assertThat(calls.whose(Message.result(new Id.Number(1), "{}"))).isEqualTo(new InFlight.Whose.Nobodys());
        assertThat(calls.whose(QUESTION)).isEqualTo(new InFlight.Whose.Of(other));
    }

    @Test
    void calls_that_were_answered_or_never_sent_are_over_at_once() {
        begin(1).answer(new Event("", -1, List.of(Message.result(new Id.Number(1), "{}"))));
        begin(2).fail(Fault.notSent("no connection"));
        var other = begin(3);

        assertThat(calls.whose(QUESTION)).isEqualTo(new InFlight.Whose.Of(other));
    }

    @Test
    void no_more_calls_that_were_given_up_are_remembered_than_may_be_under_way() {
        for (var id = 1; id <= 100; id++) {
            begin(id).reply().cancel(true);
        }
        var other = begin(101);
        for (var id = 98; id <= 100; id++) {
            assertThat(calls.whose(QUESTION)).isEqualTo(new InFlight.Whose.Unclear());
            calls.whose(Message.result(new Id.Number(id), "{}"));
        }
        assertThat(calls.whose(QUESTION)).isEqualTo(new InFlight.Whose.Of(other));
    }
}
