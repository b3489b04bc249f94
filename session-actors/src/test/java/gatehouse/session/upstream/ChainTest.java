package gatehouse.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ChainTest {

    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<String> second = new CompletableFuture<>();
    private final AtomicInteger begun = new AtomicInteger();

    private CompletableFuture<String> next(String got) {
        begun.incrementAndGet();
        return second;
    }

    @Test
    void one_after_the_other_is_what_the_last_one_gives() {
        var whole = Chain.first(first, this::next);

        first.complete("a");
        second.complete("b");

        assertThat(whole).isCompletedWithValue("b");
    }

    @Test
    void given_up_early_the_second_never_begins() {
        var whole = Chain.first(first, this::next);

        whole.cancel(true);

        assertThat(first).isCancelled();
        assertThat(begun).hasValue(0);
    }

    @Test
    void given_up_late_the_second_is_given_up() {
        var whole = Chain.first(first, this::next);
        first.complete("a");

        whole.cancel(true);

        assertThat(second).isCancelled();
    }

    @Test
    void what_is_shared_is_left_alone() {
        var whole = Chain.after(first, this::next);

        whole.cancel(true);
        first.complete("a");

        assertThat(first).isCompletedWithValue("a");
        assertThat(begun).hasValue(0);
    }

    @Test
    void a_failure_of_either_is_the_failure_of_both() {
        var whole = Chain.first(first, this::next);
        first.complete("a");

        second.completeExceptionally(new IllegalStateException("no"));

        assertThat(whole).isCompletedExceptionally();
    }

    @Test
    void a_message_too_deep_for_the_stack_fails_its_exchange_alone() {
        var tooDeep = new StackOverflowError();
        CompletableFuture<String> whole = Chain.first(first, got -> {
            throw tooDeep;
        });

        first.complete("a");

        assertThat(whole.isDone()).isTrue();
        assertThat(whole.exceptionNow()).isSameAs(tooDeep);
    }

    private static final class Provoked extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// Whoever found a message that brings an error about would fill the log with one stack after another.
    @Test
    void however_often_an_error_is_brought_about_it_is_logged_once_in_a_while() {
        var lines = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(Chain.class);
        lines.start();
        logger.addAppender(lines);
        try {
            for (var i = 0; i < 100; i++) {
                CompletableFuture<String> whole = Chain.after(CompletableFuture.completedFuture("a"), got -> {
                    throw new Provoked();
                });
                assertThat(whole).isCompletedExceptionally();
            }
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list).hasSize(1);
    }
}
