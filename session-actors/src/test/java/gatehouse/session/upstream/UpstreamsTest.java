package gatehouse.session.upstream;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.call;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Upstream;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class UpstreamsTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void an_entry_that_changed_gets_a_client_of_its_own_and_the_old_one_is_closed() throws Exception {
        try (var fake = FakeUpstream.start().on("tools/call", Script.result("{}"));
                var upstreams = new Upstreams(KIT.system(), Upstreaming.settings())) {
            var before = at(fake.url());
            var after = Upstreaming.quietFor(before, Duration.ofSeconds(9));
            var old = upstreams.client(before);
            got(old.send(call(1)));

            upstreams.retain(catalogue(before));
            assertThat(upstreams.client(before)).isSameAs(old);

            upstreams.retain(catalogue(after));
            assertThat(upstreams.client(after)).isNotSameAs(old);
            assertThat(StreamableClientTest.kind(got(old.send(call(2))))).isEqualTo(Fault.Kind.NOT_SENT);
            fake.awaitOpen(0);
        }
    }

    /// Each default was weighed; a change should be noticed.
    @Test
    void the_defaults_are_as_written() {
        var settings = Upstreaming.settings();

        assertThat(settings.pool())
                .isEqualTo(new UpstreamSettings.Pool(256, Duration.ofSeconds(1), Duration.ofSeconds(4)));
        assertThat(settings.bounds())
                .isEqualTo(new UpstreamSettings.Bounds(
                        16 << 20,
                        64 << 10,
                        4 << 20,
                        8,
                        64 << 10,
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1)));
        assertThat(settings.dialling().ports()).containsExactly(443);
        assertThat(settings.probing())
                .isEqualTo(new UpstreamSettings.Probing(
                        Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(30)));
        assertThat(settings.reading().document()).isEqualTo(16 << 20);
    }

    private static Catalogue catalogue(Upstream upstream) {
        return new Catalogue(1, Map.of(), Map.of(), Map.of(upstream.id(), upstream), Map.of(), Map.of());
    }
}
