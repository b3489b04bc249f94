package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Upstreaming;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.Test;

class LegTest {

    /// What the store holds since before there were modern legs.
    private static final byte[] OLD = HexFormat.of()
            .parseHex("bf" + text("session") + text("mcp-42") + text("version") + text("2025-11-25") + "ff");

    @Test
    void a_leg_that_was_stored_long_ago_is_read_as_it_was() throws Exception {
        var kit = Upstreaming.kit();
        try {
            assertThat(serializer(kit).fromBinary(OLD, Leg.class.getName())).isEqualTo(new Leg("mcp-42", "2025-11-25"));
        } finally {
            kit.shutdownTestKit();
        }
    }

    @Test
    void a_modern_leg_is_one_still_after_it_was_stored() throws Exception {
        var kit = Upstreaming.kit();
        try {
            var leg = new Leg(Leg.modernSession(), "2025-06-18");
            var bytes = serializer(kit).toBinary(leg);

            assertThat(serializer(kit).fromBinary(bytes, Leg.class.getName()))
                    .isEqualTo(leg)
                    .isInstanceOfSatisfying(
                            Leg.class, read -> assertThat(read.modern()).isTrue());
        } finally {
            kit.shutdownTestKit();
        }
    }

    @Test
    void only_a_legacy_leg_shows_in_headers() {
        assertThat(new Leg("mcp-42", "2025-11-25").headers(List.of()))
                .extracting(Header::name)
                .containsExactly("Mcp-Session-Id", "MCP-Protocol-Version");
        assertThat(new Leg(Leg.modernSession(), "2025-11-25").headers(List.of()))
                .isEmpty();
    }

    @Test
    void no_two_modern_legs_are_one() {
        assertThat(Leg.modernSession()).isNotEqualTo(Leg.modernSession());
        assertThat(Leg.NONE.modern()).isFalse();
    }

    private static SerializerWithStringManifest serializer(ActorTestKit kit) throws Exception {
        return (SerializerWithStringManifest)
                SerializationExtension.get(kit.system().classicSystem()).serializerFor(Leg.class);
    }

    private static String text(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits((byte) (0x60 + bytes.length))
                + HexFormat.of().formatHex(bytes);
    }
}
