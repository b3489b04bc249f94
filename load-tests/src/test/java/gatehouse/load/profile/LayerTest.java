package gatehouse.load.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayerTest {
    @Test
    void the_most_particular_layer_wins() {
        assertThat(Layer.of("org.apache.pekko.http.impl.engine.client.PoolImpl"))
                .contains(Layer.UPSTREAM);
        assertThat(Layer.of("org.apache.pekko.http.impl.engine.parsing.HttpHeaderParser"))
                .contains(Layer.HTTP);
        assertThat(Layer.of("org.apache.pekko.stream.impl.io.TcpStages")).contains(Layer.TCP);
        assertThat(Layer.of("org.apache.pekko.actor.ActorCell")).contains(Layer.ACTORS);
        assertThat(Layer.of("gatehouse.session.mcp.Codec")).contains(Layer.JSON);
        assertThat(Layer.of("gatehouse.session.call.CallActor")).contains(Layer.SESSION);
    }

    @Test
    void what_the_jdk_does_belongs_to_its_caller() {
        assertThat(Layer.of("java.util.HashMap")).isEmpty();
        assertThat(Layer.of("gatehouseold.Thing")).isEmpty();
    }
}
