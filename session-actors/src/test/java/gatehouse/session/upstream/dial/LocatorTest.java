package gatehouse.session.upstream.dial;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Network;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocatorTest {

    @Test
    void a_plain_url_is_found() {
        assertThat(located("https://Tools.Example.com/a/mcp?x=1%20y", Network.PUBLIC))
                .isEqualTo(new Locator.Found(
                        new Locator(true, "tools.example.com", 443, "/a/mcp?x=1%20y", Network.PUBLIC)));
    }

    @Test
    void a_url_without_a_path_means_the_root() {
        assertThat(located("https://example.com", Network.PUBLIC))
                .isEqualTo(new Locator.Found(new Locator(true, "example.com", 443, "/", Network.PUBLIC)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.1/",
                "https://0177.0.0.1/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://127.0.0.0x1/",
                "https://2130706433/",
                "https://0/",
                "https://1.2.3/",
                "https://1.2.3.4.5/",
                "https://01.2.3.4/",
                "https://256.1.1.1/",
                "https://example.1/",
            })
    void numbers_that_readers_take_for_different_addresses_are_refused(String url) {
        for (var network : Network.values()) {
            assertThat(located(url, network)).isInstanceOf(Locator.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com./",
                "https://[fe80::1%25eth0]/",
                "https://[fe80::1%eth0]/",
                "https://user@example.com/",
                "https://user:pass@example.com/",
                "https://example.com#part",
                "https://example.com/?a?b",
                "https://ex%61mple.com/",
                "https://exa_mple.com/",
                "https:///path",
                "https:example.com",
                "https://-a.example.com/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "//example.com/",
                "https://example.com:0/",
                "https://example.com:99999/",
                "https://１２７．０．０．１/",
                "https://127。0。0。1/",
                "https://fußball.example/",
                "https://exa\u200Dmple.com/",
            })
    void urls_that_can_be_misread_are_refused(String url) {
        for (var network : Network.values()) {
            assertThat(located(url, network)).as(url).isInstanceOf(Locator.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata",
                "metadata.google.internal",
                "instance-data",
                "kubernetes.default",
                "kubernetes.default.svc.cluster.local"
            })
    void names_of_the_platform_are_refused_whatever_the_entry_says(String host) {
        for (var network : Network.values()) {
            assertThat(located("https://" + host + "/", network)).isInstanceOf(Locator.Refused.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tools.corp.internal, PRIVATE",
        "printer.local, PRIVATE",
        "tools.team.svc, PRIVATE",
        "tools.team.svc.cluster.local, PRIVATE",
        "localhost, LOOPBACK",
        "tools.localhost, LOOPBACK"
    })
    void local_names_need_an_entry_that_says_so(String host, Network opens) {
        for (var network : Network.values()) {
            assertThat(located("https://" + host + "/", network) instanceof Locator.Found)
                    .isEqualTo(network == opens);
        }
    }

    @ParameterizedTest
    @EnumSource(Network.class)
    void only_inside_may_http_and_other_ports_be_used(Network network) {
        assertThat(located("http://example.com/", network) instanceof Locator.Found)
                .isEqualTo(network != Network.PUBLIC);
        assertThat(located("https://example.com:8443/", network) instanceof Locator.Found)
                .isEqualTo(network != Network.PUBLIC);
    }

    @Test
    void an_ipv6_host_keeps_its_brackets() {
        assertThat(located("http://[::1]:8080/mcp", Network.LOOPBACK))
                .isEqualTo(new Locator.Found(new Locator(false, "[::1]", 8080, "/mcp", Network.LOOPBACK)));
    }

    private static Locator.Locating located(String url, Network network) {
        try {
            return Locator.of(new URI(url), network, Set.of(443));
        } catch (URISyntaxException refusedByTheJdk) {
            return new Locator.Refused("url cannot be read");
        }
    }
}
