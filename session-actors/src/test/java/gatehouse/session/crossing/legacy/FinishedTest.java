package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.TenantId;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.crossing.legacy.View.Whose;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Upstreaming;
import java.net.URI;
import org.junit.jupiter.api.Test;

class FinishedTest {

    private static final Course COURSE = Course.to(Upstreaming.at(URI.create("http://127.0.0.1:1/mcp")));

    private final Finished finished = new Finished(
            Fronting.settings("gateway.crossing.legacy.tasks.bytes = 10 KiB").tasks(), () -> Fronting.NOW);

    private static Whose agent(String name) {
        return new Whose(COURSE, new Principal(new TenantId("t"), new AgentId(name)));
    }

    private String keep(String agent, int bytes) {
        return finished.keep(agent(agent), Message.result(new Id.Text("1"), "{\"text\":\"" + "x".repeat(bytes) + "\"}"))
                .orElseThrow();
    }

    /// Otherwise they would lose the results of calls that were carried out.
    @Test
    void one_agent_with_many_results_pushes_out_nothing_of_another() {
        var bobs = keep("bob", 1000);

        for (var i = 0; i < 50; i++) {
            keep("eve", 1000);
        }
        var last = keep("eve", 1000);

        assertThat(finished.find(agent("bob"), bobs)).isPresent();
        assertThat(finished.find(agent("eve"), last)).isPresent();
    }

    @Test
    void a_result_is_nobody_elses() {
        var bobs = keep("bob", 1000);

        assertThat(finished.find(agent("eve"), bobs)).isEmpty();
    }
}
