package gatehouse.session.call;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.UpstreamId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

    private static final UpstreamId ONE = new UpstreamId("one");
    private static final UpstreamId OTHER = new UpstreamId("other");

    private Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private final Complaints complaints = new Complaints(() -> now);

    @Test
    void the_first_is_said_and_those_soon_after_are_counted() {
        assertThat(complaints.worthSaying(ONE)).contains(0);
        assertThat(complaints.worthSaying(ONE)).isEmpty();
        assertThat(complaints.worthSaying(ONE)).isEmpty();

        now = now.plusSeconds(10);

        assertThat(complaints.worthSaying(ONE)).contains(2);
        assertThat(complaints.worthSaying(ONE)).isEmpty();
    }

    @Test
    void upstreams_are_heard_each_by_itself() {
        assertThat(complaints.worthSaying(ONE)).contains(0);

        assertThat(complaints.worthSaying(OTHER)).contains(0);
    }

    @Test
    void however_many_there_are_not_all_are_remembered() {
        complaints.worthSaying(ONE);
        for (var i = 0; i < 5_000; i++) {
            complaints.worthSaying(new UpstreamId("u" + i));
        }

        assertThat(complaints.remembered()).isLessThanOrEqualTo(4_096);
    }
}
