package gatehouse.session.upstream;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.call;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Identity;
import gatehouse.session.fake.Script;
import gatehouse.session.upstream.dial.SafeDialler;
import gatehouse.session.upstream.dial.Tls;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    @TempDir
    static Path directory;

    private static SSLContext context;

    @BeforeAll
    static void makeCertificate() throws Exception {
        context = Identity.make(directory, "dns:tools.localhost").context();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void an_upstream_that_proves_its_name_is_spoken_to_and_told_it() throws Exception {
        try (var upstream = FakeUpstream.secure(context).on("tools/call", Script.result("{}"));
                var client = client("tools.localhost", upstream, Tls.of(context))) {
            assertThat(got(client.send(call(1)))).isInstanceOf(Reply.Single.class);
            assertThat(got(client.send(call(2)))).isInstanceOf(Reply.Single.class);

            assertThat(upstream.next().header("host")).isEqualTo("tools.localhost:" + upstream.port());
            assertThat(upstream.accepted()).isEqualTo(1);
        }
    }

    @Test
    void a_certificate_for_another_name_means_nothing_was_sent() throws Exception {
        try (var upstream = FakeUpstream.secure(context);
                var client = client("other.localhost", upstream, Tls.of(context))) {
            assertThat(StreamableClientTest.kind(got(client.send(call(1))))).isEqualTo(Fault.Kind.NOT_SENT);
            assertThat(upstream.arrivals()).isEmpty();
            assertThat(client.inUse()).isZero();
        }
    }

    @Test
    void a_certificate_nobody_vouches_for_means_nothing_was_sent() throws Exception {
        try (var upstream = FakeUpstream.secure(context);
                var client = client("tools.localhost", upstream, Tls.ofSystem())) {
            assertThat(StreamableClientTest.kind(got(client.send(call(1))))).isEqualTo(Fault.Kind.NOT_SENT);
            assertThat(upstream.arrivals()).isEmpty();
        }
    }

    /// The name is looked up once per connection; what it says later reaches nobody.
    @Test
    void a_connection_goes_to_the_address_that_was_judged() throws Exception {
        var lookups = new AtomicInteger();
        try (var upstream = FakeUpstream.start().on("tools/call", Script.result("{}"))) {
            var dialler = new SafeDialler(
                    host -> CompletableFuture.completedFuture(List.of(
                            InetAddress.ofLiteral(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "10.255.255.1"))),
                    Duration.ofSeconds(1));
            var entry = at(URI.create("http://tools.localhost:" + upstream.port() + "/mcp"));
            var egress = new Egress(dialler, Tls.ofSystem());

            try (var client = new StreamableClient(KIT.system(), entry, Upstreaming.settings(), egress)) {
                assertThat(got(client.send(call(1)))).isInstanceOf(Reply.Single.class);
                assertThat(got(client.send(call(2)))).isInstanceOf(Reply.Single.class);
            }
            assertThat(lookups).hasValue(1);
            assertThat(upstream.next().header("host")).isEqualTo("tools.localhost:" + upstream.port());
        }
    }

    private static StreamableClient client(String host, FakeUpstream upstream, Tls tls) {
        var entry = at(URI.create("https://" + host + ":" + upstream.port() + "/mcp"));
        var dialler = new SafeDialler(
                name -> CompletableFuture.completedFuture(List.of(InetAddress.ofLiteral("127.0.0.1"))),
                Duration.ofSeconds(1));
        return new StreamableClient(KIT.system(), entry, Upstreaming.settings(), new Egress(dialler, tls));
    }
}
