package gatehouse.session.crossing.modern;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;

/// What all faces of this node share.
///
/// @param listeners how many listen now
record FacePorts(ActorSystem<?> system, Legs legs, Parked parked, ModernSettings settings, AtomicInteger listeners) {}
