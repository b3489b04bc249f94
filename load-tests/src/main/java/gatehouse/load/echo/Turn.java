package gatehouse.load.echo;

import java.util.List;

/// What a request makes of its connection: free for the next one, busy for a while, or closed.
sealed interface Turn {

    record Done() implements Turn {}

    record Close() implements Turn {}

    /// Steps are what is still to be written, in order of time.
    record Busy(List<Step> steps) implements Turn {
        public Busy {
            steps = List.copyOf(steps);
        }
    }

    /// Bytes to write so many milliseconds after the request.
    record Step(int afterMillis, String text) {}

    Turn DONE = new Done();
    Turn CLOSE = new Close();
}
