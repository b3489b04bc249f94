package gatehouse.load.echo;

/// One HTTP request as far as FastEcho cares.
///
/// @param modern whether its headers name the revision without sessions
/// @param body the JSON, lying in the connection's buffer
/// @param end where the next request begins
record Request(Verb verb, boolean modern, Span body, int end) {

    enum Verb {
        POST,
        GET,
        DELETE,
        /// Nothing FastEcho can read on from; the connection closes.
        BROKEN
    }
}
