package gatehouse.node.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.policy.rate.Crowd;
import gatehouse.policy.rate.Load;
import gatehouse.policy.verdict.Denial.Scope;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BodiesTest {

    private static final ActorSystem<Void> SYSTEM = ActorSystem.create(
            Behaviors.empty(),
            "bodies",
            ConfigFactory.parseString("pekko.actor.provider = local, pekko.fail-mixed-versions = off")
                    .withFallback(ConfigFactory.load()));
    private static final int MOST = 100_000;
    private static final int LARGE = 50_000;

    private final Crowd crowd = new Crowd();
    private final Load room = new Load(crowd, List.of(new Crowd.Share(Scope.BYTES_OF_NODE, "", 60_000)));
    private final Bodies bodies = new Bodies(SYSTEM, Duration.ofSeconds(20));

    @AfterAll
    static void stop() {
        SYSTEM.terminate();
    }

    @Test
    void a_small_one_takes_no_room_in_however_many_pieces_it_comes() {
        assertThat(read(HttpEntities.create(ContentTypes.APPLICATION_JSON, bytes(100))))
                .isEqualTo(new Bodies.Whole(bytes(100)));
        assertThat(read(inPieces(100))).isEqualTo(new Bodies.Whole(bytes(100)));

        assertThat(crowd.total()).isZero();
    }

    @Test
    void a_large_one_takes_its_room_in_however_many_pieces_it_comes() {
        assertThat(read(inPieces(LARGE))).isInstanceOf(Bodies.Whole.class);
        assertThat(crowd.total()).isEqualTo(LARGE);

        assertThat(read(inPieces(LARGE))).isInstanceOf(Bodies.NoRoom.class);
    }

    @Test
    void one_that_does_not_say_how_long_it_is_takes_what_arrives() {
        var chunked =
                HttpEntities.createChunked(ContentTypes.APPLICATION_JSON, Source.from(List.of(bytes(40), bytes(60))));

        assertThat(read(chunked)).isEqualTo(new Bodies.Whole(bytes(100)));
        assertThat(crowd.total()).isEqualTo(100);
    }

    @Test
    void one_that_is_longer_than_it_may_be_is_not_read() {
        assertThat(read(inPieces(MOST + 1))).isEqualTo(new Bodies.TooLarge(MOST));
        assertThat(crowd.total()).isZero();
    }

    private Bodies.Body read(RequestEntity entity) {
        return bodies.read(entity, MOST, room).toCompletableFuture().join();
    }

    private static RequestEntity inPieces(int size) {
        return HttpEntities.create(
                ContentTypes.APPLICATION_JSON, size, Source.from(List.of(bytes(size / 2), bytes(size - size / 2))));
    }

    private static ByteString bytes(int size) {
        return ByteString.fromArray(new byte[size]);
    }
}
