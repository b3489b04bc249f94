package gatehouse.policy.rate;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Denial.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadTest {

    private final Crowd crowd = new Crowd();

    private Load load(String owner) {
        return new Load(
                crowd,
                List.of(
                        new Crowd.Share(Scope.BYTES_OF_AGENT, owner, 100),
                        new Crowd.Share(Scope.BYTES_OF_NODE, "", 150)));
    }

    @Test
    void it_grows_to_its_owners_share_and_no_further() {
        var load = load("a");

        assertThat(load.grow(60)).isEmpty();
        assertThat(load.grow(41)).contains(new Denial.Crowded(Scope.BYTES_OF_AGENT, 100));
        assertThat(load.grow(40)).isEmpty();
        assertThat(crowd.count(Scope.BYTES_OF_NODE, "")).isEqualTo(100);
    }

    @Test
    void what_the_node_has_no_room_for_is_not_counted_for_the_owner() {
        load("a").grow(100);
        var other = load("b");

        assertThat(other.grow(60)).contains(new Denial.Crowded(Scope.BYTES_OF_NODE, 150));
        assertThat(crowd.count(Scope.BYTES_OF_AGENT, "b")).isZero();
    }

    @Test
    void it_holds_what_it_is_told_to_and_what_it_held_where_that_finds_no_room() {
        var load = load("a");

        assertThat(load.hold(80)).isEmpty();
        assertThat(load.hold(101)).contains(new Denial.Crowded(Scope.BYTES_OF_AGENT, 100));
        assertThat(crowd.count(Scope.BYTES_OF_NODE, "")).isEqualTo(80);
        assertThat(load.hold(30)).isEmpty();
        assertThat(crowd.count(Scope.BYTES_OF_NODE, "")).isEqualTo(30);
        assertThat(load.hold(0)).isEmpty();
        assertThat(crowd.total()).isZero();
    }

    @Test
    void giving_back_gives_back_every_piece_once_and_for_good() {
        var load = load("a");
        load.grow(30);
        load.grow(30);

        load.giveBack();
        load.giveBack();

        assertThat(crowd.total()).isZero();
        assertThat(load.grow(1)).isPresent();
    }
}
