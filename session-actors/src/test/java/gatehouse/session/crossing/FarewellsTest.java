package gatehouse.session.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Upstream;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FarewellsTest {

    private static final Upstream SLOW = Upstreaming.at(URI.create("http://127.0.0.1:1/slow"));
    private static final Upstream OTHER = Upstreaming.at(URI.create("http://127.0.0.1:1/other"));

    private final Farewells farewells = new Farewells(100, Runnable::run);
    private final List<CompletableFuture<Reply>> underWay = new ArrayList<>();

    private void many(int count) {
        for (var number = 0; number < count; number++) {
            var _ = say(SLOW);
        }
    }

    private CompletableFuture<Reply> say(Upstream upstream) {
        return farewells.say(upstream, () -> {
            var reply = new CompletableFuture<Reply>();
            underWay.add(reply);
            return reply;
        });
    }

    @Test
    void eight_are_under_way_and_the_others_follow_one_by_one() {
        var said = IntStream.range(0, 20).mapToObj(number -> say(SLOW)).toList();

        assertThat(underWay).hasSize(8);
        underWay.get(3).complete(new Reply.Accepted());
        assertThat(underWay).hasSize(9);
        underWay.get(8).completeExceptionally(new IllegalStateException("hung up"));
        assertThat(underWay).hasSize(10);
        assertThat(said.stream().filter(CompletableFuture::isDone)).hasSize(2);

        for (var next = 0; next < underWay.size(); next++) {
            underWay.get(next).complete(new Reply.Accepted());
        }
        assertThat(said).hasSize(20).allMatch(CompletableFuture::isDone);
        assertThat(underWay).hasSize(20);
    }

    @Test
    void an_upstream_that_lets_them_hang_keeps_no_other_waiting() {
        many(50);

        var _ = say(OTHER);

        assertThat(underWay).hasSize(8 + 1);
    }

    @Test
    void what_is_too_much_to_wait_is_not_said() {
        many(108);

        assertThat(say(SLOW)).isCompletedWithValueMatching(reply -> reply instanceof Reply.Failed);
        underWay.getFirst().complete(new Reply.Accepted());
        assertThat(say(SLOW)).isNotDone();
    }
}
