package gatehouse.session.crossing.modern;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.settings.ConfigReader;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.pekko.util.ByteString;

/// What tests of modern clients on legacy upstreams are made of.
public final class Facing {

    /// Declares everything a client can be asked.
    static final String ABLE = "{\"sampling\":{\"tools\":{}},\"elicitation\":{\"form\":{},\"url\":{}},\"roots\":{}}";

    /// A client with a key, whose calls share a leg.
    static final Principal NAMED = new Principal(new TenantId("crew"), new AgentId("named"));

    private Facing() {}

    /// The defaults, but for these.
    ///
    /// @param changes lines below `gateway.crossing.modern`
    public static ModernSettings settings(String... changes) {
        var config = ConfigFactory.parseString("gateway.crossing.modern {\n" + String.join("\n", changes) + "\n}")
                .withFallback(ConfigFactory.load())
                .resolve();
        return ModernSettings.read(ConfigReader.of(config).at("gateway.crossing.modern"));
    }

    /// A modern request of a client that can be asked everything.
    ///
    /// @param members of its params, as JSON
    static Outbound.Post post(String id, String method, String members) {
        return post(id, method, members, ABLE, "");
    }

    static Outbound.Post call(String id, String tool) {
        return post(id, "tools/call", "\"name\":\"" + tool + "\",\"arguments\":{}");
    }

    /// @param meta more members of its envelope, each with a comma before it
    static Outbound.Post post(String id, String method, String members, String capabilities, String meta) {
        var message = Message.request(
                new Id.Text(id),
                method,
                "{" + members + (members.isEmpty() ? "" : ",")
                        + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"test\",\"version\":\"1\"},"
                        + "\"io.modelcontextprotocol/clientCapabilities\":" + capabilities + meta + "}}");
        var headers = new ArrayList<Header>();
        Mirrors.headers(message).forEach((name, value) -> headers.add(new Header(name, value)));
        return new Outbound.Post(message, headers, Duration.ofSeconds(5));
    }

    static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }
}
