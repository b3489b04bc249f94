package gatehouse.session.crossing.modern;

/// What a client carries from one round of questions to the next, as `requestState`; it travels sealed.
sealed interface State {

    /// The upstream waits, and the call is kept under that name.
    record Waiting(String name) implements State {
        @Override
        public String text() {
            return "waiting " + name;
        }
    }

    /// The upstream waits for nothing; the client was sent somewhere that many times.
    record Visited(int times) implements State {
        @Override
        public String text() {
            return "visited " + times;
        }
    }

    /// The request begins.
    record None() implements State {
        @Override
        public String text() {
            return "";
        }
    }

    String text();

    /// Only what was sealed on this node or another gets here, so anything else is a beginning.
    static State of(String text) {
        var space = text.indexOf(' ');
        var rest = text.substring(space + 1);
        return switch (text.substring(0, Math.max(space, 0))) {
            case "waiting" -> new Waiting(rest);
            case "visited" -> rest.matches("[1-9][0-9]{0,3}") ? new Visited(Integer.parseInt(rest)) : new None();
            default -> new None();
        };
    }
}
