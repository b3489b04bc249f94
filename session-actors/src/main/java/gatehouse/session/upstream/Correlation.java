package gatehouse.session.upstream;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import java.util.List;

/// Which answers may come over an exchange: only the one to its own request.
///
/// @param asked the id of the request that was sent, none if no request was
/// @param resumed whether the exchange resumes a stream whose request somebody else sent
record Correlation(List<Id> asked, boolean resumed) {

    /// Answers to requests that went another way.
    static final Correlation ANY = new Correlation(List.of(), true);

    /// How a message relates to the exchange it came over.
    enum Tie {
        /// The answer to the request.
        ANSWER,
        /// A request or notification of the upstream's own, or something a resumed stream may hold.
        BESIDE,
        /// An answer nobody waits for.
        FOREIGN
    }

    static Correlation of(Outbound outbound) {
        return switch (outbound) {
            case Outbound.Post post ->
                new Correlation(
                        post.message().kind() == Message.Kind.REQUEST
                                ? post.message().id().stream().toList()
                                : List.of(),
                        false);
            case Outbound.Listen listen ->
                new Correlation(List.of(), !listen.lastEventId().isEmpty());
            case Outbound.Delete _ -> new Correlation(List.of(), false);
        };
    }

    Tie tie(Message message) {
        return switch (message.kind()) {
            case REQUEST, NOTIFICATION -> Tie.BESIDE;
            case RESULT -> answers(message) ? Tie.ANSWER : strange();
            case ERROR -> answers(message) || isAboutTheWhole(message) ? Tie.ANSWER : strange();
        };
    }

    private boolean answers(Message message) {
        return message.id().filter(asked::contains).isPresent();
    }

    /// An error without an id answers a request that the upstream could not read.
    private boolean isAboutTheWhole(Message message) {
        return message.id().isEmpty() && !asked.isEmpty();
    }

    private Tie strange() {
        return resumed ? Tie.BESIDE : Tie.FOREIGN;
    }
}
