package gatehouse.session.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.AgentId;
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
import gatehouse.config.settings.ConfigReader;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreams;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.util.ByteString;

/// What tests of joined routes are made of.
public final class Federating {

    static final Principal ALICE = new Principal(new TenantId("acme"), new AgentId("alice"));
    static final Principal BOB = new Principal(new TenantId("acme"), new AgentId("bob"));
    static final Stamp STAMP = new Stamp(new byte[32]);

    private Federating() {}

    static FederationSettings settings(String... changes) {
        var config = ConfigFactory.parseString(String.join("\n", changes))
                .withFallback(ConfigFactory.load())
                .resolve();
        var at = ConfigReader.of(config).at("gateway");
        return FederationSettings.read(at.at("federation"));
    }

    public static Federations federations(ActorSystem<?> system, InstantSource clock, String... changes) {
        return new Federations(system, settings(changes), STAMP, clock, (upstream, reason) -> {});
    }

    static Upstream upstream(String id, FakeUpstream fake) {
        return new Upstream(
                new UpstreamId(id),
                new TenantId("acme"),
                fake.url(),
                Speaks.MODERN,
                Network.LOOPBACK,
                16,
                16,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30));
    }

    static Joint joint(Principal principal, Upstreams upstreams, SequencedMap<String, FakeUpstream> fakes) {
        var members = new ArrayList<Course.Member>();
        var declared = new ArrayList<Route.Member>();
        fakes.forEach((alias, fake) -> {
            members.add(new Course.Member(new Alias(alias), upstream("up-" + alias, fake)));
            declared.add(new Route.Member(new Alias(alias), new UpstreamId("up-" + alias)));
        });
        var route = new Route(
                new RouteId("joined"),
                declared,
                new Access(true, Set.of(), Set.of()),
                Set.of(),
                Journal.MEMORY,
                1 << 20);
        return Joint.of(new Call(principal, route, new Course(members)), (upstream, who) -> upstreams.client(upstream));
    }

    /// A request as a modern client sends it, and as the gateway hands it on.
    static Outbound.Post post(int id, String method, String members) {
        var message = Message.request(
                new Id.Number(id),
                method,
                "{" + members + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}}}");
        return new Outbound.Post(message, Asking.headers(message), Duration.ofSeconds(5));
    }

    static String list(Map<String, String> more, String array, String... items) {
        var extra = new StringBuilder();
        more.forEach(
                (name, value) -> extra.append(",\"").append(name).append("\":").append(value));
        return "{\"" + array + "\":[" + String.join(",", items) + "],\"resultType\":\"complete\"" + extra + "}";
    }

    static String tool(String name) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"},\"x-own\":{\"b\" : 1}}";
    }

    static List<Arrival> arrivals(FakeUpstream fake, String method) {
        return fake.arrivals().stream()
                .filter(arrival -> arrival.key().equals(method))
                .toList();
    }

    static Message single(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Single.class);
        return ((Reply.Single) reply).message();
    }

    static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }
}
