package gatehouse.session.mcp;

import static gatehouse.session.mcp.Samples.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.session.mcp.Seal.Opening.Opened;
import gatehouse.session.mcp.Seal.Opening.OpenedEmpty;
import gatehouse.session.mcp.Seal.Opening.Refused;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final Instant EXPIRES = Instant.parse("2026-11-21T12:10:00Z");
    private static final Instant BEFORE = EXPIRES.minusMillis(1);

    private final Seal seal = new Seal(SealKey.random(), List.of());
    private final Binding binding =
            Binding.of("acme/bot", "all", "github", call("\"name\":\"n\",\"arguments\":{\"a\":1}"));

    @ParameterizedTest
    @ValueSource(strings = {"", "state", "日本 \u0000 \"", "{\"a\":1}"})
    void a_state_comes_back_as_it_was(String state) {
        var sealed = seal.seal(state, binding, EXPIRES).orElseThrow();

        assertThat(sealed).matches("[A-Za-z0-9_-]+");
        assertThat(seal.open(sealed, () -> binding, BEFORE)).isEqualTo(new Opened(state));
    }

    @Test
    void no_state_is_sealed_too_and_is_not_an_empty_one() {
        assertThat(seal.open(seal.sealNothing(binding, EXPIRES), () -> binding, BEFORE))
                .isEqualTo(new OpenedEmpty());
    }

    @Test
    void a_state_is_no_name_of_a_task_and_the_other_way_round() {
        var asked = Binding.of("acme/bot", "all", "github", Message.request(new Id.Number(0), "tasks/get", "{}"));
        var task = Binding.ofTask("acme/bot", "all", "github");
        var state = seal.seal("x", asked, EXPIRES).orElseThrow();
        var name = seal.seal("x", task, EXPIRES).orElseThrow();

        assertThat(seal.open(state, () -> task, BEFORE)).isEqualTo(new Refused(false));
        assertThat(seal.open(name, () -> asked, BEFORE)).isEqualTo(new Refused(false));
        assertThat(seal.open(name, () -> task, BEFORE)).isEqualTo(new Opened("x"));
    }

    /// The whole request is read once more for it, so what was made up must be found out before.
    @Test
    void nobody_makes_the_gateway_read_a_request_again_with_a_state_that_it_did_not_give_out() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            var forged = new byte[200];
            random.nextBytes(forged);
            forged[0] = 1;
            forged[1] = 0;
            var text = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);

            var opened = seal.open(
                    text,
                    () -> {
                        throw new IllegalStateException("asked for a binding");
                    },
                    BEFORE);

            assertThat(opened).isEqualTo(new Refused(false));
        }
    }

    /// As it was sealed by an earlier version: the form has not changed.
    @Test
    void a_state_of_earlier_days_is_opened() {
        var key = SealKey.of(0, new byte[SealKey.BYTES]);
        var shut = "AQBW9X7Lff6Bbhk0Bi-Yb5pexxe1PmymXL0p7amBUicDnDckiZZBNfghWvdryg";

        assertThat(new Seal(key, List.of()).open(shut, () -> binding, BEFORE)).isEqualTo(new Opened("earlier"));
    }

    @Test
    void a_state_expires() {
        var sealed = seal.seal("s", binding, EXPIRES).orElseThrow();

        assertThat(seal.open(sealed, () -> binding, EXPIRES)).isEqualTo(new Refused(true));
    }

    @Test
    void a_state_is_of_use_to_nobody_else_nowhere_else_and_for_nothing_else() {
        var sealed = seal.seal("s", binding, EXPIRES).orElseThrow();
        var request = call("\"name\":\"n\",\"arguments\":{\"a\":1}");

        for (var foreign : List.of(
                Binding.of("acme/bot2", "all", "github", request),
                Binding.of("acme/bot", "allg", "ithub", request),
                Binding.of("acme/bot", "other", "github", request),
                Binding.of("acme/bot", "all", "gitlab", request),
                Binding.of("acme/bot", "all", "github", request.withText(Place.METHOD, "prompts/get")),
                Binding.of("acme/bot", "all", "github", request.withText(Place.PARAMS_NAME, "m")),
                Binding.of("acme/bot", "all", "github", call("\"name\":\"n\",\"arguments\":{\"a\":2}")),
                Binding.of("acme/bot", "all", "github", call("\"name\":\"n\",\"arguments\":{\"a\":1.0}")),
                Binding.of("acme/bot", "all", "github", call("\"name\":\"n\",\"arguments\":{\"a\":\"1\"}")),
                Binding.of("acme/bot", "all", "github", call("\"name\":\"n\",\"arguments\":{\"a\":1},\"extra\":1")))) {
            assertThat(seal.open(sealed, () -> foreign, BEFORE))
                    .as("%s", foreign)
                    .isEqualTo(new Refused(false));
        }
    }

    @Test
    void what_changes_from_round_to_round_does_not_unbind() {
        var again = call("\"arguments\":{\"a\":1},\"requestState\":\"x\",\"inputResponses\":{\"k\":{}},"
                        + "\"_meta\":{\"progressToken\":9},\"name\":\"n\"")
                .withId(new Id.Number(2));

        assertThat(Binding.of("acme/bot", "all", "github", again)).isEqualTo(binding);
    }

    @Test
    void the_order_of_names_does_not_unbind_but_the_order_of_elements_does() {
        assertThat(params("{\"a\":{\"x\":1,\"y\":[1,2,{\"p\":true,\"q\":null}]},\"b\":\"\\u00e9\"}"))
                .isEqualTo(params("{\"b\":\"é\",\"a\":{\"y\":[1,2,{\"q\":null,\"p\":true}],\"x\":1}}"))
                .isNotEqualTo(params("{\"a\":{\"x\":1,\"y\":[2,1,{\"p\":true,\"q\":null}]},\"b\":\"é\"}"));
        assertThat(params("{\"a\":\"1,\\\"b\\\":2\"}")).isNotEqualTo(params("{\"a\":1,\"b\":2}"));
    }

    @Test
    void a_state_that_was_touched_anywhere_is_refused() {
        var sealed = seal.seal("state", binding, EXPIRES).orElseThrow();

        for (int i = 0; i < sealed.length() - 1; i++) { // the last letter holds spare bits
            var other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            var touched = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThat(seal.open(touched, () -> binding, BEFORE))
                    .as("letter %d", i)
                    .isEqualTo(new Refused(false));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "AQAA",
                "not base64!",
                "====",
                "é",
                "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void what_was_never_sealed_is_refused(String text) {
        assertThat(seal.open(text, () -> binding, BEFORE)).isEqualTo(new Refused(false));
    }

    @Test
    void two_seals_of_one_state_have_nothing_in_common() {
        assertThat(seal.seal("s", binding, EXPIRES)).isNotEqualTo(seal.seal("s", binding, EXPIRES));
    }

    @Test
    void a_replaced_key_still_opens_and_a_removed_one_does_not() {
        var secret = new byte[SealKey.BYTES];
        var old = SealKey.of(1, secret);
        var sealed = new Seal(old, List.of()).seal("s", binding, EXPIRES).orElseThrow();
        secret[0] = 1;
        var young = SealKey.of(2, secret);

        assertThat(new Seal(young, List.of(old)).open(sealed, () -> binding, BEFORE))
                .isEqualTo(new Opened("s"));
        assertThat(new Seal(young, List.of()).open(sealed, () -> binding, BEFORE))
                .isEqualTo(new Refused(false));
        assertThat(new Seal(SealKey.of(1, secret), List.of()).open(sealed, () -> binding, BEFORE))
                .isEqualTo(new Refused(false));
    }

    @Test
    void keys_are_checked_and_never_shown() {
        assertThatThrownBy(() -> SealKey.of(1, new byte[31])).hasMessageContaining("31 bytes");
        assertThatThrownBy(() -> SealKey.of(256, new byte[32])).hasMessageContaining("256");
        assertThatThrownBy(() -> new Seal(SealKey.random(), List.of(SealKey.random())))
                .hasMessageContaining("same number");
        assertThat(SealKey.of(3, new byte[32])).hasToString("SealKey[3, ***]");
    }

    @Test
    void size_has_a_bound_both_ways() {
        var longest = "s".repeat(Seal.LONGEST_STATE);

        assertThat(seal.open(seal.seal(longest, binding, EXPIRES).orElseThrow(), () -> binding, BEFORE))
                .isEqualTo(new Opened(longest));
        assertThat(seal.seal(longest + "s", binding, EXPIRES)).isEmpty();
        assertThat(seal.open("A".repeat(200_000), () -> binding, BEFORE)).isEqualTo(new Refused(false));
    }

    private static String params(String arguments) {
        return Binding.of("p", "r", "u", call("\"arguments\":" + arguments)).params();
    }

    private static Message call(String params) {
        return client("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{" + params + "}}");
    }
}
