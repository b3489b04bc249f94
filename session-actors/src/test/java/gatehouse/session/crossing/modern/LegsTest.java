package gatehouse.session.crossing.modern;

import static gatehouse.session.crossing.modern.Facing.call;
import static gatehouse.session.crossing.modern.Facing.post;
import static gatehouse.session.crossing.modern.Facing.raw;
import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How long legs are held, and how many.
class LegsTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final ModernFaces faces = faces();

    private ModernFaces faces(String... settings) {
        return new ModernFaces(KIT.system(), upstreams::client, Facing.settings(settings), time::get);
    }

    @AfterEach
    void close() {
        faces.close().join();
        upstreams.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void an_idle_leg_is_ended_and_one_in_use_is_not() throws Exception {
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.hang())) {
            got(faces.of(Facing.NAMED, at(upstream.url())).send(post("1", "tools/list", "")));
            time.set(time.get().plusSeconds(301));
            var busy = faces.of(Facing.NAMED, at(upstream.url(), 3, 3)).send(call("2", "slow"));
            await(upstream, "tools/call");

            faces.sweep();

            assertThat(await(upstream, "DELETE").header("mcp-session-id")).isNotEmpty();
            assertThat(faces.legs()).isOne();
            busy.cancel(true);
        }
    }

    @Test
    void beyond_the_most_there_may_be_the_leg_unused_longest_gives_way() throws Exception {
        var few = faces("legs.of-upstream = 1", "legs.of-node = 1");
        try (var upstream = FakeUpstream.legacy();
                var other = FakeUpstream.legacy().on("tools/call", Script.hang())) {
            got(few.of(Facing.NAMED, at(upstream.url())).send(post("1", "tools/list", "")));
            var busy = few.of(Facing.NAMED, at(other.url())).send(call("2", "slow"));

            await(upstream, "DELETE");
            await(other, "tools/call");
            var refused =
                    (Reply.Single) got(few.of(Facing.NAMED, at(upstream.url())).send(call("3", "echo")));

            assertThat(raw(refused.message(), Place.ERROR_DATA)).contains("not sent");
            busy.cancel(true);
        }
        few.close().join();
    }

    private static Arrival await(FakeUpstream upstream, String key) throws Exception {
        for (var next = upstream.next(); ; next = upstream.next()) {
            if (next.key().equals(key)) {
                return next;
            }
        }
    }
}
