package gatehouse.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/mcp",
                "http://10.0.0.1/mcp",
                "http://127.0.0.1.example.com/mcp",
                "http://localhost.example.com:80/",
                "http://0.0.0.0/",
                "http://127.0.0.1@example.com/",
                "http:///mcp"
            })
    void load_goes_to_loopback_only(String url) {
        assertThatThrownBy(() -> Target.at("gateway", URI.create(url), Key.NONE))
                .hasMessageContaining("not a loopback address");
    }

    @Test
    void only_plain_http_is_measured() {
        assertThatThrownBy(() -> Target.at("gateway", URI.create("https://127.0.0.1/"), Key.NONE))
                .hasMessageContaining("only http://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/mcp/a", "http://localhost:9/", "http://[0:0:0:0:0:0:0:1]:9000/mcp"})
    void a_loopback_address_stays_what_it_is(String url) {
        assertThat(Target.at("gateway", URI.create(url), Key.NONE).url()).hasToString(url);
    }

    @Test
    void a_key_is_sent_and_never_printed() {
        var target = Target.at("gateway", URI.create("http://127.0.0.1/"), new Key("s3cret"));

        assertThat(new String(new Script(target, Era.LEGACY).initialize(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("Authorization: Bearer s3cret\r\n");
        assertThat(target.toString()).doesNotContain("s3cret").contains("***");
    }
}
