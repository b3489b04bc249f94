package gatehouse.session.mcp;

/// What ties an answer to its request; a number and a text that look alike are two different ids.
public sealed interface Id {

    /// The longest text taken as an id: clients count or use UUIDs, and every id is kept while its call runs.
    int LONGEST = 128;

    /// The largest integer that every JSON reader keeps exact.
    long LARGEST = (1L << 53) - 1;

    /// The id as it stands in a message.
    String json();

    @SuppressWarnings("AvoidCommonTypeNames") // always written Id.Number
    record Number(long value) implements Id {
        public Number {
            if (value > LARGEST || value < -LARGEST) {
                throw new IllegalArgumentException("id " + value + " is beyond ±(2^53-1)");
            }
        }

        @Override
        public String json() {
            return Long.toString(value);
        }
    }

    record Text(String value) implements Id {
        public Text {
            if (value.length() > LONGEST) {
                throw new IllegalArgumentException("id of " + value.length() + " characters, at most " + LONGEST);
            }
        }

        @Override
        public String json() {
            return Json.quote(value);
        }
    }
}
