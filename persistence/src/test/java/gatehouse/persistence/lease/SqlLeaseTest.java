package gatehouse.persistence.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.persistence.Await;
import gatehouse.persistence.Storage;
import gatehouse.persistence.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.LeaseProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqlLeaseTest {

    private static final String NAME = "gatehouse-sbr";

    private final String url = TestStore.POSTGRESQL.url();
    private final List<Node> nodes = new ArrayList<>();

    /// One node as its lease sees it.
    private record Node(Storage storage, ActorSystem system, SqlLease lease) {}

    private Node node(String owner, String settings) {
        var storage = Storage.open(TestStore.settings(url, java.util.Map.of()));
        var config = ConfigFactory.parseString(settings + "\npekko.actor.provider = local")
                .withFallback(TestStore.defaults());
        var system = ActorSystem.create("lease-" + owner, storage.setup(config));
        var lease = (SqlLease) LeaseProvider.get(system).getLease(NAME, "gatehouse.lease", owner);
        var node = new Node(storage, system, lease);
        nodes.add(node);
        return node;
    }

    @AfterEach
    void stop() {
        nodes.forEach(node -> {
            node.system().terminate();
            Await.result(node.system().getWhenTerminated());
            node.storage().close();
        });
    }

    @Test
    void one_has_it_until_it_gives_it_back() {
        var a = node("a", "").lease();
        var b = node("b", "").lease();

        assertThat(Await.result(a.acquire())).isTrue();
        assertThat(Await.result(b.acquire())).isFalse();
        assertThat(Await.result(a.acquire())).isTrue();
        assertThat(Await.result(b.release())).isTrue();
        assertThat(a.checkLease()).isTrue();
        assertThat(b.checkLease()).isFalse();

        assertThat(Await.result(a.release())).isTrue();
        assertThat(a.checkLease()).isFalse();
        assertThat(Await.result(b.acquire())).isTrue();
    }

    @Test
    void of_many_that_ask_at_once_one_gets_it() {
        var asked = List.of("a", "b", "c", "d").stream()
                .map(owner -> node(owner, "").lease())
                .toList()
                .stream()
                .map(SqlLease::acquire)
                .toList();

        assertThat(asked).extracting(Await::result).containsOnlyOnce(true);
    }

    @Test
    void it_is_renewed_for_as_long_as_it_is_held() {
        var quick = "gatehouse.lease { heartbeat-timeout = 600 ms, heartbeat-interval = 100 ms }";
        var a = node("a", quick).lease();
        var b = node("b", quick).lease();
        Await.result(a.acquire());

        var tries = 0;
        for (var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500); System.nanoTime() < until; tries++) {
            assertThat(Await.result(b.acquire())).isFalse();
        }
        assertThat(tries).isPositive();
        assertThat(a.checkLease()).isTrue();
    }

    @Test
    void a_node_that_died_loses_it_after_a_while() {
        var dead = node("a", "gatehouse.lease { heartbeat-timeout = 300 ms, heartbeat-interval = 100 ms }");
        Await.result(dead.lease().acquire());
        dead.system().terminate();
        var b = node("b", "").lease();

        while (!Await.result(b.acquire())) {
            // the time of the other runs out
        }
        assertThat(dead.lease().checkLease()).isFalse();
    }

    @Test
    void whoever_loses_the_database_is_told_that_it_may_have_lost_the_lease() {
        var a = node("a", "gatehouse.lease { heartbeat-timeout = 500 ms, heartbeat-interval = 100 ms }");
        var told = new CompletableFuture<Optional<Throwable>>();
        Await.result(a.lease().acquire(told::complete));

        a.storage().close();

        assertThat(Await.result(told)).isPresent();
        assertThat(a.lease().checkLease()).isFalse();
    }

    @Test
    void without_the_database_asking_fails_and_does_not_hang() {
        var a = node("a", "");
        a.storage().close();

        assertThat(Await.failure(a.lease().acquire())).isInstanceOf(java.sql.SQLException.class);
    }

    @Test
    void its_settings_are_those_it_was_made_with() {
        LeaseSettings settings = node("a", "").lease().getSettings();

        assertThat(settings.leaseName()).isEqualTo(NAME);
        assertThat(settings.ownerName()).isEqualTo("a");
    }
}
