package gatehouse.session.upstream.dial;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SafeDiallerTest {

    private static final Locator PUBLIC = new Locator(true, "tools.example.com", 443, "/mcp", Network.PUBLIC);

    private final Deque<List<InetAddress>> answers = new ArrayDeque<>();
    private final SafeDialler dialler =
            new SafeDialler(host -> CompletableFuture.completedFuture(answers.remove()), Duration.ofSeconds(1));

    @Test
    void a_checked_address_keeps_the_name_it_was_asked_for_by() {
        answer("93.184.215.14");

        var checked = (SafeDialler.Checked) dialled(PUBLIC);

        assertThat(checked.addresses()).singleElement().satisfies(address -> {
            assertThat(address.isUnresolved()).isFalse();
            assertThat(address.getHostString()).isEqualTo("tools.example.com");
            assertThat(address.getAddress().getHostAddress()).isEqualTo("93.184.215.14");
            assertThat(address.getPort()).isEqualTo(443);
        });
    }

    @Test
    void one_bad_address_among_good_ones_refuses_them_all() {
        answer("93.184.215.14", "2606:4700::1111", "10.0.0.1");

        assertThat(dialled(PUBLIC)).isInstanceOf(SafeDialler.Refused.class);
    }

    /// The attack: a name that is public when it is checked and local when it is used.
    @Test
    void a_name_that_answers_differently_the_second_time_is_asked_once() {
        answer("93.184.215.14");
        answer("127.0.0.1");

        assertThat(dialled(PUBLIC)).isInstanceOf(SafeDialler.Checked.class);

        assertThat(answers).hasSize(1);
    }

    @Test
    void every_dialling_is_judged_anew() {
        answer("93.184.215.14");
        answer("127.0.0.1");

        assertThat(dialled(PUBLIC)).isInstanceOf(SafeDialler.Checked.class);
        assertThat(dialled(PUBLIC)).isInstanceOf(SafeDialler.Refused.class);
    }

    @Test
    void an_address_is_not_looked_up() {
        assertThat(dialled(new Locator(true, "10.0.0.1", 443, "/", Network.PUBLIC)))
                .isInstanceOf(SafeDialler.Refused.class);
        assertThat(dialled(new Locator(false, "[::1]", 80, "/", Network.LOOPBACK)))
                .isInstanceOf(SafeDialler.Checked.class);
    }

    @Test
    void the_reason_names_no_address() {
        answer("10.11.12.13");

        assertThat(((SafeDialler.Refused) dialled(PUBLIC)).reason())
                .doesNotContain("10.11")
                .contains("PRIVATE");
    }

    @Test
    void nobody_waits_longer_than_agreed_for_a_name() {
        var deaf = new SafeDialler(host -> new CompletableFuture<>(), Duration.ofMillis(20));

        assertThat(deaf.dial(PUBLIC).toCompletableFuture().join())
                .isEqualTo(new SafeDialler.Refused("host could not be looked up"));
    }

    @Test
    void an_unknown_name_and_one_without_addresses_are_refused() {
        var unknown = new SafeDialler(
                host -> CompletableFuture.failedFuture(new UnknownHostException(host)), Duration.ofSeconds(1));
        answer();

        assertThat(unknown.dial(PUBLIC).toCompletableFuture().join()).isInstanceOf(SafeDialler.Refused.class);
        assertThat(dialled(PUBLIC)).isInstanceOf(SafeDialler.Refused.class);
    }

    @Test
    void the_system_resolver_answers_off_the_calling_thread() {
        try (var system = new SystemResolver(1)) {
            assertThat(system.resolve("localhost").toCompletableFuture().join())
                    .allMatch(InetAddress::isLoopbackAddress);
        }
    }

    private void answer(String... addresses) {
        answers.add(Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    }

    private SafeDialler.Dialled dialled(Locator locator) {
        return dialler.dial(locator).toCompletableFuture().join();
    }
}
