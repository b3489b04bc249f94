package gatehouse.node.edge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    @Test
    void one_too_many_is_not_let_in_until_another_leaves() throws UnknownHostException {
        var connections = new Connections(2, 0, status -> {});
        assertThat(connections.enter(address(1))).isTrue();
        assertThat(connections.enter(address(1))).isTrue();

        assertThat(connections.enter(address(2))).isFalse();
        assertThat(connections.open()).isEqualTo(2);
        connections.leave(address(1));

        assertThat(connections.enter(address(2))).isTrue();
    }

    @Test
    void one_address_cannot_take_all_places() throws UnknownHostException {
        var connections = new Connections(10, 2, status -> {});
        assertThat(connections.enter(address(1))).isTrue();
        assertThat(connections.enter(address(1))).isTrue();

        assertThat(connections.enter(address(1))).isFalse();
        assertThat(connections.enter(address(2))).isTrue();
        assertThat(connections.open()).isEqualTo(3);
        connections.leave(address(1));

        assertThat(connections.enter(address(1))).isTrue();
    }

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }
}
