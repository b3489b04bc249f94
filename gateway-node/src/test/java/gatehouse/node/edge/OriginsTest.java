package gatehouse.node.edge;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.node.edge.Origins.Allowed;
import gatehouse.node.edge.Origins.BadHost;
import gatehouse.node.edge.Origins.BadOrigin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private static final Set<String> LISTED = Set.of("https://app.example");
    private static final List<String> NONE = List.of();

    private final Origins local =
            Origins.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080), List.of("Mcp.Example:443"));
    private final Origins open = Origins.at(new InetSocketAddress(8080), List.of("mcp.example"));

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "LocalHost:8080", "127.0.0.1:8080", "[::1]:8080", "mcp.example:443"})
    void hosts_the_edge_answers_to_are_allowed(String host) {
        assertThat(local.judge(NONE, List.of(host), LISTED)).isEqualTo(new Allowed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.com",
                "localhost",
                "localhost:8081",
                "mcp.example",
                "localhost.:8080",
                "localhost:8080.evil.example",
                "127.0.0.1:08080",
                "",
            })
    void any_other_host_is_someone_else(String host) {
        assertThat(local.judge(NONE, List.of(host), LISTED)).isEqualTo(new BadHost());
    }

    @Test
    void no_host_and_two_hosts_are_nobody() {
        assertThat(local.judge(NONE, NONE, LISTED)).isEqualTo(new BadHost());
        assertThat(local.judge(NONE, List.of("localhost:8080", "localhost:8080"), LISTED))
                .isEqualTo(new BadHost());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://app.example", "http://localhost:8080", "http://127.0.0.1:8080", "https://[::1]:8080"})
    void a_listed_origin_and_the_edge_s_own_are_allowed(String origin) {
        assertThat(local.judge(List.of(origin), List.of("127.0.0.1:8080"), LISTED))
                .isEqualTo(new Allowed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "https://evil.example.com",
                "http://evil.example.com:8080",
                "https://app.example:444",
                "http://app.example",
                "https://app.example.evil.example",
                "https://app.example/",
                "http://localhost",
                "http://localhost:3000",
                "http://localhost:8080 https://app.example",
            })
    void any_other_origin_is_refused(String origin) {
        assertThat(local.judge(List.of(origin), List.of("localhost:8080"), LISTED))
                .isEqualTo(new BadOrigin());
    }

    @Test
    void null_is_refused_even_if_somebody_lists_it() {
        assertThat(local.judge(List.of("null"), List.of("localhost:8080"), Set.of("null")))
                .isEqualTo(new BadOrigin());
    }

    @Test
    void two_origins_are_refused() {
        assertThat(local.judge(
                        List.of("https://app.example", "https://app.example"), List.of("localhost:8080"), LISTED))
                .isEqualTo(new BadOrigin());
    }

    @Test
    void an_edge_open_to_others_takes_no_loopback_page_for_its_own() {
        assertThat(open.judge(List.of("http://localhost:8080"), List.of("mcp.example"), LISTED))
                .isEqualTo(new BadOrigin());
        assertThat(open.judge(List.of("https://app.example"), List.of("mcp.example"), LISTED))
                .isEqualTo(new Allowed());
    }

    @Test
    void the_scheme_s_own_port_may_be_left_out() {
        var secure = Origins.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 443), NONE);

        assertThat(secure.judge(List.of("https://localhost"), List.of("localhost"), LISTED))
                .isEqualTo(new Allowed());
        assertThat(secure.judge(NONE, List.of("localhost:443"), LISTED)).isEqualTo(new Allowed());
    }
}
