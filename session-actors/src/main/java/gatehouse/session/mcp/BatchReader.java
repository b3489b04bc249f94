package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import gatehouse.session.mcp.Reading.Malformed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads an array of messages. One that is wrong makes all of them wrong: nothing has been done yet, and half a batch
/// is not what its client sent.
final class BatchReader {

    private final JsonFactory factory;
    private final ReadLimits limits;
    private final int most;

    BatchReader(JsonFactory factory, ReadLimits limits, int most) {
        this.factory = factory;
        this.limits = limits;
        this.most = most;
    }

    Batch read(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return new Malformed(Fault.INVALID, "batch", "is not an array");
            }
            return messages(parser);
        } catch (JsonProcessingException refused) {
            return StrictReader.refused(refused, List.of());
        }
    }

    private Batch messages(JsonParser parser) throws IOException {
        var messages = new ArrayList<Message>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (messages.size() == most) {
                return new Malformed(Fault.BATCH, "batch", "holds more than " + most + " messages");
            }
            switch (message(parser)) {
                case Reading.Read(var message) -> messages.add(message);
                case Malformed(var fault, var where, var problem, var ids) -> {
                    return new Malformed(
                            fault, "message " + (messages.size() + 1) + " of the batch, " + where, problem);
                }
            }
        }
        if (messages.isEmpty()) {
            return new Malformed(Fault.BATCH, "batch", "is empty");
        }
        return parser.nextToken() == null
                ? new Batch.Read(messages)
                : new Malformed(Fault.UNPARSABLE, "batch", "is followed by something");
    }

    private Reading message(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return new Malformed(Fault.INVALID, "message", "is not an object");
        }
        try (var track = new Copied(factory)) {
            var walk = new Walk(parser, track, limits);
            walk.value(Place.ROOT);
            var piece = new Piece(track.bytes(), walk.spans());
            return walk.flaw()
                    .<Reading>map(flaw -> new Malformed(flaw.fault(), flaw.where(), flaw.problem()))
                    .orElseGet(() -> Shape.judge(piece, Shape.Sender.CLIENT));
        }
    }
}
