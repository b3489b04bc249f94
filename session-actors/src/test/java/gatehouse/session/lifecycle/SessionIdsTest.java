package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.TenantId;
import gatehouse.policy.verdict.Principal;
import org.junit.jupiter.api.Test;

class SessionIdsTest {

    private static final Principal ALICE = new Principal(new TenantId("t"), new AgentId("alice"));
    private static final Principal BOB = new Principal(new TenantId("t"), new AgentId("bob"));

    private final SessionIds ids = new SessionIds(new byte[32]);

    @Test
    void an_id_leads_its_owner_to_one_key_and_anybody_else_to_another() {
        var id = ids.mint();

        assertThat(ids.key(ALICE, id)).isEqualTo(ids.key(ALICE, id)).isNotEqualTo(ids.key(BOB, id));
        assertThat(ids.key(ALICE, id).orElseThrow().value()).doesNotContain(id);
    }

    @Test
    void an_invented_id_leads_nowhere() {
        var id = ids.mint();
        var bent = (id.charAt(0) == 'A' ? 'B' : 'A') + id.substring(1);

        assertThat(ids.key(ALICE, bent)).isEmpty();
        assertThat(ids.key(ALICE, "")).isEmpty();
        assertThat(ids.key(ALICE, "?".repeat(44))).isEmpty();
        assertThat(new SessionIds(new byte[] {1}).key(ALICE, id)).isEmpty();
    }

    @Test
    void all_sessions_of_a_principal_share_its_part_of_the_key() {
        assertThat(ids.key(ALICE, ids.mint()).orElseThrow().owner())
                .isEqualTo(SessionIds.owner(ALICE))
                .isNotEqualTo(SessionIds.owner(BOB));
    }
}
