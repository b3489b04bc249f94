package gatehouse.session.upstream;

/// What may answer an exchange, and how long it may last.
///
/// @param correlation which messages may come over it
record Expectation(Kind kind, Correlation correlation) {

    /// The shapes of an answer.
    enum Kind {
        /// JSON, an event stream, or nothing to say.
        ANSWER,
        /// An event stream and nothing else.
        EVENTS,
        /// An event stream that is the session: how long it may last and be silent is for the session to say.
        SESSION,
        /// Nothing that matters; the status says it all.
        NOTHING
    }

    static Expectation of(Outbound outbound) {
        var kind = switch (outbound) {
            case Outbound.Post _ -> Kind.ANSWER;
            case Outbound.Listen _ -> Kind.EVENTS;
            case Outbound.Delete _ -> Kind.NOTHING;
        };
        return new Expectation(kind, Correlation.of(outbound));
    }

    /// Over the stream of a session come the answers to everything that is sent elsewhere.
    static Expectation session() {
        return new Expectation(Kind.SESSION, Correlation.ANY);
    }

    /// A message whose answer comes over the stream of its session.
    static Expectation receipt(Outbound.Post post) {
        return new Expectation(Kind.NOTHING, Correlation.of(post));
    }

    Share share() {
        return switch (kind) {
            case ANSWER, NOTHING -> Share.CALL;
            case EVENTS, SESSION -> Share.STREAM;
        };
    }

    boolean mustStream() {
        return share() == Share.STREAM;
    }
}
