package gatehouse.session.crossing.modern;

import org.apache.pekko.actor.typed.ActorSystem;

/// What all faces of this node share.
record FacePorts(ActorSystem<?> system, Legs legs, Parked parked, ModernSettings settings) {}
