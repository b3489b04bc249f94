package gatehouse.session.federation;

import static gatehouse.session.federation.Federating.ALICE;
import static gatehouse.session.federation.Federating.STAMP;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.UpstreamId;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What members are asked, as they and the operator see it.
class JointTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Header HOP = new Header("Via", "1.1 gatehouse");

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final List<Outbound> sent = new CopyOnWriteArrayList<>();
    private final List<UpstreamId> failed = new CopyOnWriteArrayList<>();
    private final Federations federations = new Federations(
            KIT.system(), Federating.settings(), STAMP, Instant::now, (upstream, reason) -> failed.add(upstream));
    private final FakeUpstream up = FakeUpstream.modern()
            .on("tools/list", Script.result(Federating.list(java.util.Map.of(), "tools", Federating.tool("t"))))
            .on("tools/call", Script.result("{\"content\":[],\"resultType\":\"complete\"}"));
    private final FakeUpstream down = FakeUpstream.start().on("tools/list", Script.status(503));

    @AfterEach
    void close() {
        upstreams.close();
        up.close();
        down.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private Reply ask(Outbound.Post post) {
        var fakes = new LinkedHashMap<String, FakeUpstream>();
        fakes.put("up", up);
        fakes.put("down", down);
        var plain = Federating.joint(ALICE, upstreams, fakes);
        var joint = new Joint(
                plain.principal(),
                plain.route(),
                plain.course(),
                (upstream, who) -> outbound -> {
                    sent.add(outbound);
                    return upstreams.client(upstream).send(outbound);
                },
                List.of());
        var headers = new ArrayList<>(post.headers());
        headers.add(HOP);
        return got(federations
                .peer(joint)
                .send(new Outbound.Post(post.message(), headers, Duration.ofSeconds(5), ALICE.toString())));
    }

    @Test
    void whatever_is_asked_for_a_request_counts_its_hops_and_is_its_principals() {
        ask(Federating.post(1, "tools/list", ""));
        ask(Federating.post(2, "tools/call", "\"name\":\"up__t\","));
        ask(Federating.post(3, "server/discover", ""));
        var listening =
                ask(Federating.post(4, "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true},"));
        got(((Reply.Streamed) listening)
                .events()
                .runWith(Sink.head(), KIT.system())
                .toCompletableFuture());

        assertThat(sent)
                .extracting(outbound -> ((Outbound.Post) outbound).message().method())
                .contains("tools/list", "tools/call", "server/discover", "subscriptions/listen");
        assertThat(sent).allSatisfy(outbound -> {
            assertThat(outbound.headers()).containsOnlyOnce(HOP);
            assertThat(outbound.owner()).isEqualTo(ALICE.toString());
        });
    }

    @Test
    void operators_hear_which_member_failed() {
        var listed = Federating.single(ask(Federating.post(1, "tools/list", "")));

        assertThat(listed.bytes().utf8String()).contains("up__t").contains("\"gatehouse/partial\":[\"down\"]");
        assertThat(failed).containsExactly(new UpstreamId("up-down"));
    }
}
