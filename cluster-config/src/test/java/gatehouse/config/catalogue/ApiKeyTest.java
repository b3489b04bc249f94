package gatehouse.config.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    private final ApiKey key = ApiKey.mint("live");

    @Test
    void a_minted_key_has_its_shape_and_is_found_again() {
        assertThat(key.reveal())
                .matches("gh_live_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}")
                .contains("_" + key.id() + "_");

        var parsed = ApiKey.parse(key.reveal()).orElseThrow();
        assertThat(parsed.id()).isEqualTo(key.id());
        assertThat(parsed.hash()).isEqualTo(key.hash()).isEqualTo(KeyHash.of(key.reveal()));
        assertThat(key.hash().matches(key.reveal())).isTrue();
        assertThat(key.hash().matches(ApiKey.mint("live").reveal())).isFalse();
    }

    /// Fixed for ever: keys are out in the world, and scanners of source code know this rule.
    @Test
    void the_checksum_is_the_crc_32_of_all_before_it() {
        var body = "gh_test_0123456789_" + "a".repeat(43);

        assertThat(ApiKey.parse(body + "3xsGVG")).isPresent();
        assertThat(ApiKey.parse(body + "000000")).isEmpty();
    }

    @RepeatedTest(50)
    void a_key_with_any_letter_changed_is_noise(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var text = new StringBuilder(key.reveal());
        var at = random.nextInt(text.length());
        text.setCharAt(at, text.charAt(at) == 'x' ? 'y' : 'x');

        assertThat(ApiKey.parse(text.toString())).isEmpty();
    }

    @Test
    void what_has_not_the_shape_is_noise() {
        assertThat(ApiKey.parse("")).isEmpty();
        assertThat(ApiKey.parse(key.reveal() + "\n")).isEmpty();
        assertThat(ApiKey.parse(" " + key.reveal())).isEmpty();
        assertThat(ApiKey.parse("x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void an_environment_is_a_short_plain_word() {
        assertThatThrownBy(() -> ApiKey.mint("Live_1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neither_a_key_nor_its_hash_is_ever_printed() {
        assertThat(key).hasToString("***");
        assertThat(new AgentKey(key.id(), key.hash(), Instant.EPOCH).toString())
                .doesNotContain(key.hash().hex());
    }
}
