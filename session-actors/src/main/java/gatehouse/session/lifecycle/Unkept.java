package gatehouse.session.lifecycle;

/// Why a session does not keep what its client says.
public sealed interface Unkept {

    /// One thing is.
    ///
    /// @param what its name in the message
    record TooLong(String what, int bytes, int most) implements Unkept {}

    /// There would be too much of it in the session as a whole.
    record Full(int most) implements Unkept {}

    record TooMany(int most) implements Unkept {}

    record NoSuchLevel() implements Unkept {}
}
