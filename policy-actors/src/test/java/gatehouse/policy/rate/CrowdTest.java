package gatehouse.policy.rate;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Denial.Scope;
import gatehouse.policy.verdict.Permits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdTest {

    private final Crowd crowd = new Crowd();
    private final List<Permits> taken = new ArrayList<>();

    private static Crowd.Share share(Scope scope, String owner, int most) {
        return new Crowd.Share(scope, owner, most);
    }

    @Test
    void the_first_full_share_is_named_and_what_was_taken_before_it_is_given_back() {
        crowd.take(List.of(share(Scope.CALLS_OF_NODE, "", 1)), taken);

        var denial = crowd.take(
                List.of(share(Scope.CALLS_OF_AGENT, "a", 5), share(Scope.CALLS_OF_NODE, "", 1)), new ArrayList<>());

        assertThat(denial).contains(new Denial.Crowded(Scope.CALLS_OF_NODE, 1));
        assertThat(crowd.count(Scope.CALLS_OF_AGENT, "a")).isZero();
    }

    @Test
    void giving_back_twice_is_giving_back_once() {
        crowd.take(List.of(share(Scope.CALLS_OF_AGENT, "a", 2)), taken);
        crowd.take(List.of(share(Scope.CALLS_OF_AGENT, "a", 2)), taken);

        taken.getFirst().giveBack();
        taken.getFirst().giveBack();

        assertThat(crowd.count(Scope.CALLS_OF_AGENT, "a")).isEqualTo(1);
    }

    @Test
    void one_owners_share_is_no_business_of_anothers() {
        crowd.take(List.of(share(Scope.CALLS_OF_AGENT, "a", 1)), taken);

        assertThat(crowd.take(List.of(share(Scope.CALLS_OF_AGENT, "b", 1)), taken))
                .isEmpty();
    }

    @Test
    void nothing_is_remembered_of_those_who_hold_nothing() {
        crowd.take(List.of(share(Scope.CALLS_OF_AGENT, "a", 1)), taken);

        taken.getFirst().giveBack();

        assertThat(crowd.total()).isZero();
    }
}
