package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.settings.ConfigReader;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Upstreaming;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProvider;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// What a session keeps of what is said to it, seen by somebody who says a lot.
class SessionTest {

    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final SessionBounds BOUNDS = new SessionBounds(8, 40, 256, 100, 2000);

    private final Session session = Session.opened(
            Principal.ANONYMOUS,
            new RouteId("route"),
            new Session.Opening("2025-11-25", "{}", "stream", new Leg("leg", "2025-11-25")),
            NOW);

    private static Message initialize(String more) {
        return Message.request(
                new Id.Number(1),
                "initialize",
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"roots\":{}},\"clientInfo\":{\"name\":\"a\"}"
                        + more + "}");
    }

    @Test
    void the_defaults_of_a_stream_hold_little_of_it_in_memory() {
        var bounds = SessionSettings.read(ConfigReader.of(ConfigFactory.load()).at("gateway.session")).stream();

        assertThat(bounds).isEqualTo(new StreamLog.Bounds(1000, 16 << 20, 64, 256 << 10));
    }

    @Test
    void the_defaults_leave_a_thousand_sessions_of_an_agent_in_64_MiB() {
        var bounds = SessionSettings.read(ConfigReader.of(ConfigFactory.load()).at("gateway.session"))
                .bounds();

        assertThat(bounds).isEqualTo(new SessionBounds(64, 1000, 8 * 1024, 2 * 1024, 64 * 1024));
    }

    @Test
    void of_initialize_only_what_the_protocol_names_is_kept() {
        assertThat(Greeting.kept(initialize(",\"junk\":\"" + "x".repeat(10_000) + "\",\"_meta\":{\"a\":1}")))
                .isEqualTo("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"roots\":{}},"
                        + "\"clientInfo\":{\"name\":\"a\"}}");
    }

    @Test
    void an_initialize_is_measured_by_what_would_be_kept_of_it() {
        var kept = Greeting.kept(initialize("")).length();

        assertThat(Greeting.unkept(initialize(""), new SessionBounds(1, 1, kept, 1, 1)))
                .isEmpty();
        assertThat(Greeting.unkept(initialize(""), new SessionBounds(1, 1, kept - 1, 1, 1)))
                .contains(new Unkept.TooLong("params of initialize", kept, kept - 1));
    }

    @Test
    void a_subscription_is_its_uri_and_that_has_an_end() {
        var longest = "u".repeat(100);

        assertThat(session.after(new Change.Subscribed(longest), BOUNDS).subscriptions())
                .containsOnlyKeys(longest);
        assertThat(session.unkept(new Change.Subscribed(longest + "é"), BOUNDS))
                .contains(new Unkept.TooLong("params.uri", 102, 100));
        assertThat(session.after(new Change.Subscribed(longest + "é"), BOUNDS)).isSameAs(session);
    }

    @Test
    void what_is_kept_already_needs_no_room() {
        var full = session;
        for (var i = 0; i < 40; i++) {
            full = full.after(new Change.Subscribed("" + i), new SessionBounds(1, 2, 1, 9, 2000));
        }

        assertThat(full.subscriptions()).hasSize(2);
        assertThat(full.unkept(new Change.Subscribed("1"), new SessionBounds(1, 2, 1, 9, 10)))
                .isEmpty();
        assertThat(full.unkept(new Change.Subscribed("x"), new SessionBounds(1, 2, 1, 9, 2000)))
                .contains(new Unkept.TooMany(2));
    }

    @Test
    void a_level_is_one_of_eight_words() {
        assertThat(session.after(new Change.Level("warning"), BOUNDS).level()).isEqualTo("{\"level\":\"warning\"}");
        assertThat(session.unkept(new Change.Level("x".repeat(100_000)), BOUNDS))
                .contains(new Unkept.NoSuchLevel());
    }

    /// Whatever is said, in whatever order, and however many say it at once.
    @RepeatedTest(50)
    void never_keeps_more_than_the_whole(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var now = session;
        for (var i = 0; i < 300; i++) {
            now = switch (random.nextInt(4)) {
                case 0 -> now.after(new Change.Unsubscribed("u".repeat(random.nextInt(110))), BOUNDS);
                case 1 -> now.after(new Change.Level("alert"), BOUNDS);
                case 2 -> {
                    var question =
                            new Question("\"" + "q".repeat(random.nextInt(130)) + "\"", "leg", NOW.plusSeconds(60), "");
                    yield Inquiry.ask(now, "q-" + i, question, BOUNDS, NOW).session();
                }
                default -> now.after(new Change.Subscribed("u".repeat(random.nextInt(110))), BOUNDS);
            };
            assertThat(now.weight()).isLessThanOrEqualTo(2000 + "{\"level\":\"alert\"}".length());
        }
    }

    /// As it was stored before there were bounds: with all the params of each subscription.
    @Test
    void a_session_of_earlier_days_is_read_without_what_is_not_needed() throws IOException {
        var kit = Upstreaming.kit();
        try {
            var mapper = JacksonObjectMapperProvider.get(kit.system())
                    .getOrCreate("jackson-cbor", java.util.Optional.empty());
            var stored = (ObjectNode) mapper.readTree(
                    mapper.writeValueAsBytes(session.after(new Change.Subscribed("file:///a"), BOUNDS)));
            stored.putObject("subscriptions").put("file:///b", "{\"uri\":\"file:///b\",\"junk\":1}");
            stored.putObject("questions")
                    .putObject("q")
                    .put("upstreamId", "1")
                    .put("leg", "leg")
                    .put("deadline", NOW.toString());
            stored.put("level", "{\"level\":\"info\",\"_meta\":{}}");

            var read = mapper.readValue(mapper.writeValueAsBytes(stored), Session.class);

            assertThat(read.subscriptions()).containsOnlyKeys("file:///b").containsValue("");
            assertThat(read.questions()).containsEntry("q", new Question("1", "leg", NOW, ""));
            assertThat(read.level()).isEqualTo("{\"level\":\"info\",\"_meta\":{}}");
            assertThat(read.leg()).isEqualTo(session.leg());
        } finally {
            kit.shutdownTestKit();
        }
    }
}
