package gatehouse.session.upstream;

/// What a connection in use counts as.
enum Share {
    CALL,
    STREAM,
    /// A stream that found no room among streams and stays among calls.
    LODGER
}
