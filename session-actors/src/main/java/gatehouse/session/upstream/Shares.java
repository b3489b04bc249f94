package gatehouse.session.upstream;

/// How many connections to one upstream are in use, and by what.
///
/// Long streams never starve short calls: an answer that turns out to be a stream moves from the calls to the streams.
/// When
/// the streams are full it may stay where it is, but at least half of the places for calls are kept from such lodgers.
final class Shares {

    private final int calls;
    private final int streams;
    private int calling;
    private int streaming;
    private int lodging;

    Shares(int calls, int streams) {
        this.calls = calls;
        this.streams = streams;
    }

    boolean take(Share share) {
        var room = switch (share) {
            case CALL -> calling + lodging < calls;
            case STREAM -> streaming < streams;
            case LODGER -> lodging < calls / 2;
        };
        if (room) {
            count(share, 1);
        }
        return room;
    }

    void give(Share share) {
        count(share, -1);
        if (calling < 0 || streaming < 0 || lodging < 0) {
            throw new IllegalStateException("more given back than taken: " + this);
        }
    }

    int freeCalls() {
        return calls - calling - lodging;
    }

    int freeStreams() {
        return streams - streaming;
    }

    /// What a call becomes whose answer is a stream; it stays a call where there is no room for another stream.
    ///
    /// @param fair whether it may have a place among the streams at all
    Share turnedStream(boolean fair) {
        if (fair && take(Share.STREAM)) {
            give(Share.CALL);
            return Share.STREAM;
        }
        if (take(Share.LODGER)) {
            give(Share.CALL);
            return Share.LODGER;
        }
        return Share.CALL;
    }

    int inUse() {
        return calling + streaming + lodging;
    }

    private void count(Share share, int change) {
        switch (share) {
            case CALL -> calling += change;
            case STREAM -> streaming += change;
            case LODGER -> lodging += change;
        }
    }

    @Override
    public String toString() {
        return calling + " calls, " + streaming + " streams, " + lodging + " lodgers";
    }
}
