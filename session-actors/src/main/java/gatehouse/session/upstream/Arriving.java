package gatehouse.session.upstream;

import gatehouse.policy.rate.Load;
import java.util.function.Supplier;

/// The bytes of one answer that arrived and were not handed on yet; large ones need room.
///
/// One thread at a time: that of the stream they arrive in.
final class Arriving {

    private final Supplier<Load> rooms;
    private Load room = Load.none();
    private boolean large;

    Arriving(Supplier<Load> rooms) {
        this.rooms = rooms;
    }

    /// From now on this many.
    ///
    /// @throws Broken if there is no room for them
    void hold(int bytes) {
        if (bytes > Load.SMALL && !large) {
            room = rooms.get();
            large = true;
        }
        if (large) {
            room.hold(bytes > Load.SMALL ? bytes : 0).ifPresent(denial -> {
                throw new Broken(Fault.noRoom(denial));
            });
        }
    }

    void giveBack() {
        room.giveBack();
    }
}
