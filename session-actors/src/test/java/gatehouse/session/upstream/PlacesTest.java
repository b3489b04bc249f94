package gatehouse.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.rate.Load;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places(new Shares(64, 256), 4);

    @Test
    void one_owner_never_holds_everything() {
        assertThat(taken("alice")).isEqualTo(56);
        assertThat(taken("bob")).isEqualTo(7);
        assertThat(taken("carol")).isEqualTo(1);
    }

    @Test
    void nor_all_streams() {
        assertThat(listening("alice")).isEqualTo(192);
        assertThat(listening("bob")).isEqualTo(48);
        assertThat(taken("alice")).isEqualTo(56);
    }

    @Test
    void what_the_gateway_does_for_itself_takes_what_there_is() {
        assertThat(taken("")).isEqualTo(64);
    }

    @Test
    void those_who_wait_go_owner_by_owner() {
        var held = turn("alice");
        var _ = places.take(held);
        var _ = taken("");
        var waiting = List.of(turn("alice"), turn("alice"), turn("bob"));
        waiting.forEach(turn -> assertThat(places.await(turn)).isEmpty());

        var order = new ArrayList<Turn>();
        places.give(held);
        for (var next = places.next(); next.isPresent(); next = places.next()) {
            order.add(next.get());
            places.give(next.get());
        }

        assertThat(order).containsExactly(waiting.get(0), waiting.get(2), waiting.get(1));
    }

    @Test
    void who_crowds_the_line_makes_room_for_others_and_not_for_himself() {
        var crowd = List.of(turn("alice"), turn("alice"), turn("alice"), turn("alice"));
        crowd.forEach(turn -> assertThat(places.await(turn)).isEmpty());
        var another = turn("alice");

        assertThat(places.await(another)).contains(another);
        assertThat(places.await(turn("bob"))).contains(crowd.get(3));
        assertThat(places.await(turn("carol"))).contains(crowd.get(2));
        assertThat(places.waiting()).hasSize(4);
    }

    @Test
    void a_turn_nobody_waits_for_any_more_is_passed_over() {
        var gone = turn("alice");
        var last = turn("alice");
        places.await(gone);
        places.await(last);

        gone.reply().cancel(true);

        assertThat(places.next()).contains(last);
        assertThat(places.leave(gone)).isFalse();
        assertThat(places.waiting()).isEmpty();
    }

    /// Whatever comes and goes in whatever order, all places are there again at the end, and nobody waits for
    /// nothing.
    @RepeatedTest(50)
    void nothing_is_lost(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var small = new Places(new Shares(5, 3), 8);
        var going = new ArrayList<Turn>();
        for (var step = 0; step < 500; step++) {
            var turn = turn("owner-" + random.nextInt(4));
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    if (small.take(turn)) {
                        going.add(turn);
                    } else {
                        small.await(turn);
                    }
                }
                case 2 -> going.stream().skip(random.nextInt(6)).findFirst().ifPresent(small::turnsStream);
                default -> {
                    if (!going.isEmpty()) {
                        small.give(going.remove(random.nextInt(going.size())));
                        small.next().ifPresent(going::add);
                    }
                }
            }
        }

        while (!going.isEmpty()) {
            small.give(going.removeLast());
            small.next().ifPresent(going::add);
        }

        assertThat(small.waiting()).isEmpty();
        assertThat(taken(small, "")).isEqualTo(5);
    }

    private int taken(String owner) {
        return taken(places, owner);
    }

    private static int taken(Places places, String owner) {
        var taken = 0;
        while (places.take(turn(owner))) {
            taken++;
        }
        return taken;
    }

    private int listening(String owner) {
        var taken = 0;
        while (places.take(turn(new Outbound.Listen("", List.of(), owner)))) {
            taken++;
        }
        return taken;
    }

    private static Turn turn(String owner) {
        var message = Message.request(new Id.Number(1), "tools/call", "{}");
        return turn(new Outbound.Post(message, List.of(), Duration.ofSeconds(1), owner));
    }

    private static Turn turn(Outbound outbound) {
        return new Turn(Expectation.of(outbound), outbound.owner(), HttpRequest.GET("/"), owner -> Load.none());
    }
}
