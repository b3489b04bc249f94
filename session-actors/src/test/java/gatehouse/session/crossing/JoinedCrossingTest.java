package gatehouse.session.crossing;

import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.Alias;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.Network;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.Speaks;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.catalogue.Upstream;
import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.crossing.legacy.Fronting;
import gatehouse.session.crossing.modern.Facing;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.federation.Federating;
import gatehouse.session.lifecycle.Leg;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A route that joins an upstream of each era, for clients of each.
class JoinedCrossingTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String TOOL = "{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}";

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final Crossing crossing = new Crossing(
            KIT.system(),
            upstreams,
            new Eras(KIT.system(), upstreams, Upstreaming.settings().probing(), () -> NOW),
            new Crossing.Faces(
                    Fronting.faces(KIT.system(), () -> NOW),
                    Facing.settings(),
                    Federating.federations(KIT.system(), () -> NOW)),
            () -> NOW);
    private final FakeUpstream old = FakeUpstream.legacy()
            .on("tools/list", Script.result("{\"tools\":[" + TOOL + "]}"))
            .on("tools/call", Script.result("{\"content\":[{\"type\":\"text\",\"text\":\"from old\"}]}"));
    private final FakeUpstream recent = FakeUpstream.modern()
            .on(
                    "tools/list",
                    Script.result("{\"tools\":[" + TOOL
                            + "],\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\"}"))
            .on(
                    "tools/call",
                    Script.result("{\"content\":[{\"type\":\"text\",\"text\":\"from recent\"}],"
                            + "\"resultType\":\"complete\"}"));
    private final Call call = call();

    @AfterEach
    void close() {
        crossing.faces().close().join();
        upstreams.close();
        old.close();
        recent.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private Call call() {
        var members = List.of(member("old", old), member("recent", recent));
        var route = new Route(
                new RouteId("joined"),
                members.stream()
                        .map(member -> new Route.Member(
                                member.alias(), member.upstream().id()))
                        .toList(),
                new Access(true, Set.of(), Set.of()),
                Set.of(),
                Journal.MEMORY,
                1 << 20);
        return new Call(Principal.ANONYMOUS, route, new Course(members));
    }

    private static Course.Member member(String alias, FakeUpstream fake) {
        var second = Duration.ofSeconds(5);
        var upstream = new Upstream(
                new UpstreamId("up-" + alias),
                new TenantId("acme"),
                fake.url(),
                Speaks.AUTO,
                Network.LOOPBACK,
                4,
                4,
                second,
                second,
                second);
        return new Course.Member(new Alias(alias), upstream);
    }

    private static String asked(Peer peer, String method, String members) {
        var message = Message.request(new Id.Number(1), method, "{" + members + "}");
        var headers = new ArrayList<Header>();
        Mirrors.headers(message).forEach((name, value) -> headers.add(new Header(name, value)));
        var reply = got(peer.send(new Outbound.Post(message, headers, Duration.ofSeconds(5))));
        assertThat(reply).isInstanceOf(Reply.Single.class);
        return ((Reply.Single) reply).message().bytes().utf8String();
    }

    private String modern(String method, String members) {
        return asked(
                crossing.modern(call),
                method,
                members + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}}");
    }

    private static Session session(Leg leg) {
        var opening = new Session.Opening("2025-11-25", "{}", "stream", leg);
        return Session.opened(Principal.ANONYMOUS, new RouteId("joined"), opening, NOW);
    }

    private static List<Arrival> calls(FakeUpstream fake) {
        return fake.arrivals().stream()
                .filter(arrival -> arrival.key().equals("tools/call"))
                .toList();
    }

    @Test
    void a_modern_client_finds_members_of_either_era() {
        assertThat(modern("tools/list", ""))
                .contains("\"name\":\"old__t\"")
                .contains("\"name\":\"recent__t\"")
                .doesNotContain("partial");
        assertThat(modern("tools/call", "\"name\":\"old__t\",")).contains("from old");
        assertThat(modern("tools/call", "\"name\":\"recent__t\",")).contains("from recent");

        assertThat(calls(old)).singleElement().satisfies(arrival -> {
            assertThat(arrival.header("mcp-session-id")).isNotEmpty();
            assertThat(arrival.body()).contains("\"name\":\"t\"").doesNotContain("protocolVersion");
        });
        assertThat(calls(recent))
                .singleElement()
                .satisfies(arrival -> assertThat(arrival.header("mcp-name")).isEqualTo("t"));
    }

    @Test
    void an_old_client_holds_one_session_with_members_of_either_era() {
        var opened = asked(
                crossing.opening(call),
                "initialize",
                "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"a\",\"version\":\"1\"}");
        var peer = crossing.legacy(call, session(new Leg(Leg.modernSession(), "2025-11-25")));

        assertThat(opened).contains("\"protocolVersion\":\"2025-11-25\"").contains("\"tools\":{");
        assertThat(asked(peer, "tools/list", "")).contains("\"old__t\"").contains("\"recent__t\"");
        assertThat(asked(peer, "tools/call", "\"name\":\"old__t\"")).contains("from old");
        assertThat(asked(peer, "tools/call", "\"name\":\"recent__t\""))
                .contains("from recent")
                .doesNotContain("resultType");
    }

    @Test
    void a_leg_from_before_the_route_joined_several_counts_as_lost() {
        var before = crossing.legacy(call, session(new Leg("from before", "2025-11-25")));

        assertThat(got(before.send(Upstreaming.call(1)))).isEqualTo(new Reply.Refused(404, List.of(), ""));
        assertThat(calls(old)).isEmpty();
    }
}
