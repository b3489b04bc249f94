package gatehouse.node.edge;

import gatehouse.node.edge.EdgeSettings.Bind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/// Whether the places to listen at are free, found out before anything else is started.
///
/// Somebody may take one between this and the opening of the doors, which then fails; this only spares a node that
/// cannot serve from opening its store and joining its cluster.
public final class Vacancy {

    private Vacancy() {}

    /// Binds each for a moment.
    ///
    /// @throws UncheckedIOException with a [BindException] that names the first that is not free
    public static void check(List<Bind> places) {
        for (var place : places) {
            try (var socket = new ServerSocket(place.port(), 1, InetAddress.getByName(place.host()))) {
                assert socket.isBound();
            } catch (IOException taken) {
                var why = new BindException(
                        place.host() + ":" + place.port() + " cannot be listened at (" + taken.getMessage() + ")");
                why.initCause(taken);
                throw new UncheckedIOException(why);
            }
        }
    }
}
