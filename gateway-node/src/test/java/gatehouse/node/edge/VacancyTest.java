package gatehouse.node.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.node.edge.EdgeSettings.Bind;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class VacancyTest {

    private static final Bind ANY = new Bind("127.0.0.1", 0, 1);

    @Test
    void a_taken_port_is_named() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var taken = new Bind("127.0.0.1", other.getLocalPort(), 1);

            assertThatThrownBy(() -> Vacancy.check(List.of(ANY, taken)))
                    .rootCause()
                    .isInstanceOf(BindException.class);
            assertThatThrownBy(() -> Vacancy.check(List.of(ANY, taken)))
                    .cause()
                    .hasMessageContaining("127.0.0.1:" + other.getLocalPort() + " cannot be listened at");
        }
    }

    @Test
    void free_ones_are_free_again_afterwards() throws IOException {
        int port;
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
        }
        var free = new Bind("127.0.0.1", port, 1);

        assertThatCode(() -> {
                    Vacancy.check(List.of(free, ANY));
                    Vacancy.check(List.of(free, ANY));
                })
                .doesNotThrowAnyException();
    }
}
