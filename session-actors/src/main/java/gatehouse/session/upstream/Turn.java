package gatehouse.session.upstream;

import gatehouse.policy.rate.Load;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// One exchange on its way: it waits for a connection, holds one, and lets go of it however it ends.
final class Turn implements Connection.State {

    /// How often a connection may die under a turn before a byte of it was sent.
    private static final int ATTEMPTS = 3;

    private final Expectation expectation;
    private final String owner;
    private final HttpRequest request;
    private final Function<String, Load> rooms;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private volatile Share share;
    private volatile boolean sent;
    private volatile Runnable letGo = () -> {};
    private int attempts; // one thread at a time: whoever holds the turn

    Turn(Expectation expectation, String owner, HttpRequest request, Function<String, Load> rooms) {
        this.expectation = expectation;
        this.owner = owner;
        this.request = request;
        this.rooms = rooms;
        this.share = expectation.share();
    }

    Expectation expectation() {
        return expectation;
    }

    /// On whose behalf; empty if on the gateway's own.
    String owner() {
        return owner;
    }

    HttpRequest request() {
        return request;
    }

    /// Whoever reads the answer counts it there, at the owner's expense.
    Arriving arriving() {
        return new Arriving(() -> rooms.apply(owner));
    }

    /// Cancelling it ends the exchange.
    CompletableFuture<Reply> reply() {
        return reply;
    }

    Share share() {
        return share;
    }

    void becomes(Share turned) {
        share = turned;
    }

    boolean isOver() {
        return reply.isDone();
    }

    /// From here on a lost connection means that nobody knows.
    void sending() {
        sent = true;
    }

    boolean wasSent() {
        return sent;
    }

    /// Whether it may try yet another connection.
    boolean triesAgain() {
        return !sent && !isOver() && ++attempts < ATTEMPTS;
    }

    /// What to do to the connection or queue that holds it, if it is given up.
    void heldBy(Runnable release) {
        letGo = release;
        if (isOver()) {
            release.run();
        }
    }

    void whenOver(Runnable step) {
        var _ = reply.whenComplete((answer, cancelled) -> step.run());
    }

    void complete(Reply answer) {
        reply.complete(answer);
    }

    void giveUp(Fault fault) {
        reply.complete(new Reply.Failed(fault));
        letGo();
    }

    /// What it means that time is up now.
    Fault late() {
        return sent
                ? Fault.tooSlow("upstream did not answer in time")
                : Fault.notSent("no connection could be had in time");
    }

    void letGo() {
        letGo.run();
    }
}
