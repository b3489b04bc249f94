package gatehouse.load.joint;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.load.report.Figures;
import gatehouse.load.report.Limit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JointFoundTest {

    private static JointFound found(int members, int listed, double p99) {
        var walked = new ToolWalk.Walked("cold", listed, 1, 1000, 10, 4096);
        var figures = new Figures(1, 2, p99, 9, 100, 0, 0.5, 0.1);
        return new JointFound(members, 20, walked, walked, List.of(figures));
    }

    @Test
    void a_warm_list_that_is_too_slow_or_lacks_tools_misses_its_limits() {
        assertThat(found(10, 200, 4.9).limits()).allMatch(Limit::met).hasSize(3);
        assertThat(found(10, 200, 5.1).limits()).anyMatch(limit -> !limit.met());
        assertThat(found(10, 199, 1).limits()).anyMatch(limit -> !limit.met());
    }

    @Test
    void a_large_list_is_only_printed() {
        assertThat(found(100, 2000, 50).limits()).allMatch(Limit::met);
        assertThat(found(100, 2000, 50).table().toString()).contains("2,000").contains("p99 50.0 ms");
    }

    @Test
    void a_node_is_declared_with_every_member(@TempDir Path directory) throws Exception {
        new JointNode(3, 9107).declare(directory);

        assertThat(Files.readString(directory.resolve("routes/joint.yaml"))).contains("{alias: m3, upstream: echo-3}");
        assertThat(Files.readString(directory.resolve("upstreams/members.yaml")).split("---\n", -1))
                .hasSize(3);
    }
}
