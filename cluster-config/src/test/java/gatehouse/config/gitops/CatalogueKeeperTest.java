package gatehouse.config.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.CatalogueDiff;
import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.UpstreamId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueKeeperTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LATER = START.plusSeconds(60);
    private static final String BROKEN = "id: echo\nupstream: ecko\naccess: { anonymous: true }\n";

    @TempDir
    Path directory;

    private final TestProbe<CatalogueDiff> changes = KIT.createTestProbe();
    private Declarations declarations;
    private CurrentCatalogue current;
    private ActorRef<CatalogueKeeper.Command> keeper;

    @BeforeEach
    void start() {
        declarations = Declarations.good(directory).lookedAtEvery(Duration.ofMillis(20));
        current = new CurrentCatalogue(declarations.catalogue(), START);
        keeper = KIT.spawn(CatalogueKeeper.create(directory, declarations.settings, current, () -> LATER));
        keeper.tell(new CatalogueKeeper.Subscribe(changes.ref()));
    }

    @AfterEach
    void stop() {
        KIT.stop(keeper);
    }

    @AfterAll
    static void stopAll() {
        KIT.shutdownTestKit();
    }

    @Test
    void an_edit_serves_and_says_what_changed() throws Exception {
        declarations.with("routes/more.yaml", "id: more\nupstream: echo\naccess: { anonymous: true }\n");

        var added = changes.receiveMessage();
        assertThat(added.routes().added()).containsExactly(new RouteId("more"));
        assertThat(added.upstreams().isEmpty()).isTrue();
        assertThat(added.number()).isEqualTo(2).isEqualTo(current.now().number());
        assertThat(current.now().routes()).containsKey(new RouteId("more"));
        assertThat(current.since()).isEqualTo(LATER);

        Files.delete(directory.resolve("routes/more.yaml"));
        assertThat(changes.receiveMessage().routes().removed()).containsExactly(new RouteId("more"));
    }

    @Test
    void a_broken_edit_leaves_the_last_good_catalogue_serving_and_says_why_once() {
        var before = current.now();

        LoggingTestKit.warn("goes on serving: routes/echo.yaml: 2: upstream names \"ecko\"")
                .withOccurrences(1)
                .expect(KIT.system(), () -> {
                    declarations.with("routes/echo.yaml", BROKEN);
                    changes.awaitAssert(() -> assertThat(current.problems()).isNotEmpty());
                    changes.expectNoMessage(Duration.ofMillis(100));
                    return null;
                });

        assertThat(current.now()).isSameAs(before);
        assertThat(current.since()).isEqualTo(START);
    }

    @Test
    void taking_a_broken_edit_back_ends_the_problems_and_changes_nothing() {
        declarations.with("routes/echo.yaml", BROKEN);
        changes.awaitAssert(() -> assertThat(current.problems()).isNotEmpty());

        Declarations.good(directory);

        changes.awaitAssert(() -> assertThat(current.problems()).isEqualTo(List.of()));
        assertThat(current.now().number()).isEqualTo(1);
    }

    @Test
    void a_good_edit_after_a_broken_one_serves() {
        declarations.with("routes/echo.yaml", BROKEN);
        changes.awaitAssert(() -> assertThat(current.problems()).isNotEmpty());

        declarations.with("routes/echo.yaml", "id: echo\nupstream: echo\naccess: { anonymous: true }\n");

        assertThat(changes.receiveMessage().routes().changed()).containsExactly(new RouteId("echo"));
        assertThat(current.problems()).isEmpty();
    }

    @Test
    void a_comment_is_no_change() {
        declarations.with("tenants/orchard.yaml", "# ours\nid: orchard\ntitle: Orchard\n");

        changes.expectNoMessage(Duration.ofMillis(200));
        assertThat(current.now().number()).isEqualTo(1);
    }

    @Test
    void a_subscriber_that_stopped_is_forgotten() {
        changes.stop();
        var other = KIT.<CatalogueDiff>createTestProbe();
        keeper.tell(new CatalogueKeeper.Subscribe(other.ref()));

        declarations.with("upstreams/echo.yaml", "id: echo\ntenant: orchard\nurl: https://mcp.example.com/\n");

        assertThat(other.receiveMessage().upstreams().changed()).containsExactly(new UpstreamId("echo"));
    }
}
