package gatehouse.session.call;

import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.SessionDoor;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.Word;
import org.apache.pekko.actor.typed.ActorRef;

/// A call's presence in its session: it enters, and leaves before its client has the end of the answer. What it says
/// arrives in the order in which it was said, from whichever thread.
///
/// Nobody acknowledges that it leaves: a prompt call costs its session two messages and an answer. Should its leaving
/// be lost, its place is a lease.
final class Presence {

    private final SessionDoor door;
    private final SessionKey session;
    private final String request;
    private final ActorRef<Word> ear;
    private boolean roundabout; // once something went by the shard, all does, lest its leaving overtakes its entering
    private boolean left;

    /// @param request the JSON of its id
    Presence(SessionDoor door, SessionKey session, String request, ActorRef<Word> ear) {
        this.door = door;
        this.session = session;
        this.request = request;
        this.ear = ear;
    }

    synchronized void enter() {
        tell(new SessionActor.Enter(request, ear));
    }

    /// A session that was just leaving this node's memory has not heard; by way of its shard it comes back.
    synchronized void enterAgain() {
        roundabout = true;
        enter();
    }

    /// The session forgets who does not say so now and then.
    synchronized void stay() {
        if (!left) {
            tell(new SessionActor.Stay(request, ear));
        }
    }

    synchronized void leave() {
        if (!left) {
            left = true;
            tell(new SessionActor.Leave(request, ear));
        }
    }

    private void tell(SessionActor.Outer command) {
        if (roundabout || !door.straight(session, command)) {
            roundabout = true;
            door.byShard(session, command);
        }
    }
}
