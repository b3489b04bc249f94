package gatehouse.session.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import gatehouse.session.mcp.Reading.Malformed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Reads JSON within limits and without lenience: what two readers could understand differently is no JSON here.
final class StrictReader {

    private static final String NO_BATCH =
            "is an array: only sessions of 2025-03-26 over Streamable HTTP take batches; send one message each";

    private final ReadLimits limits;
    private final JsonFactory factory;

    StrictReader(ReadLimits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNumberLength(limits.digits())
                        .maxStringLength(limits.text())
                        .maxNameLength(limits.name())
                        .maxDocumentLength(limits.document())
                        .maxTokenCount(limits.tokens())
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT) // what breaks off stays broken off
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8) // one spelling for every letter
                .disable(JsonFactory.Feature.CHARSET_DETECTION) // it is UTF-8, or it is refused before
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // strangers choose the names
                .recyclerPool(JsonRecyclerPools.newBoundedPool(64)) // any thread, virtual ones too
                .build();
    }

    /// Reads a message from an agent: what goes on is written anew.
    Reading copied(byte[] document) {
        try (var track = new Copied(factory)) {
            return message(document, track, Shape.Sender.CLIENT);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory cannot be written", impossible);
        }
    }

    /// Reads several messages from an agent, all or none: what goes on is written anew.
    Batch batch(byte[] document, int most) {
        var beyond = bounds(document);
        if (beyond.isPresent()) {
            return beyond.get();
        }
        try (var parser = factory.createParser(document)) {
            return new BatchReader(factory, limits, most).read(parser);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory cannot be read", impossible);
        }
    }

    /// Reads a message from an upstream: its bytes are carried as they came.
    Reading kept(byte[] document) {
        try (var track = new Kept(document)) {
            return message(document, track, Shape.Sender.UPSTREAM);
        }
    }

    /// Reads what the gateway itself puts at a place.
    Piece piece(Place place, String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        try (var track = new Copied(factory);
                var parser = factory.createParser(bytes)) {
            var walk = new Walk(parser, track, limits);
            if (parser.nextToken() != null) {
                walk.value(place);
                if (parser.nextToken() == null && walk.flaw().isEmpty() && Utf8.faultIn(bytes) < 0) {
                    return new Piece(track.bytes(), walk.spans());
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("not JSON, for " + place.path(), unreadable);
        }
        throw new IllegalArgumentException("not one sound JSON value, for " + place.path());
    }

    private Reading message(byte[] document, Track track, Shape.Sender sender) {
        var beyond = bounds(document);
        if (beyond.isPresent()) {
            return beyond.get();
        }
        try (var parser = factory.createParser(document)) {
            return walk(parser, track, sender);
        } catch (IOException unreadable) {
            throw new IllegalStateException("memory cannot be read", unreadable);
        }
    }

    private Optional<Malformed> bounds(byte[] document) {
        if (document.length > limits.document()) {
            return Optional.of(new Malformed(
                    Fault.TOO_LARGE, "message", "has " + document.length + " bytes, at most " + limits.document()));
        }
        int unclean = Utf8.faultIn(document);
        return unclean < 0
                ? Optional.empty()
                : Optional.of(new Malformed(Fault.UNPARSABLE, "byte " + unclean, Utf8.problemAt(document, unclean)));
    }

    private Reading walk(JsonParser parser, Track track, Shape.Sender sender) throws IOException {
        var walk = new Walk(parser, track, limits);
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return noObject(parser);
            }
            walk.value(Place.ROOT);
            if (parser.nextToken() != null) {
                return malformed(Fault.UNPARSABLE, parser, "something follows the end of the message");
            }
        } catch (JsonProcessingException refused) {
            return refused(refused, idBefore(parser, new Piece(track.bytes(), walk.spans())));
        }
        var piece = new Piece(track.bytes(), walk.spans());
        return walk.flaw()
                .<Reading>map(flaw -> new Malformed(flaw.fault(), flaw.where(), flaw.problem(), Shape.ids(piece)))
                .orElseGet(() -> Shape.judge(piece, sender));
    }

    private static Reading noObject(JsonParser parser) {
        if (parser.currentToken() == null) {
            return new Malformed(Fault.UNPARSABLE, "message", "is empty");
        }
        return parser.currentToken() == JsonToken.START_ARRAY
                ? new Malformed(Fault.BATCH, "message", NO_BATCH)
                : new Malformed(Fault.INVALID, "message", "is not an object");
    }

    static Malformed refused(JsonProcessingException refused, List<Id> ids) {
        var where = "byte "
                + (refused.getLocation() == null ? 0 : refused.getLocation().getByteOffset());
        var reason = refused.getOriginalMessage();
        if (refused instanceof StreamConstraintsException) {
            return new Malformed(Fault.BEYOND_LIMIT, where, reason.replaceFirst(", from `.*`", ""), ids);
        }
        return reason.startsWith("Duplicate")
                ? new Malformed(Fault.INVALID, where, "a name occurs twice in one object", ids)
                : new Malformed(Fault.UNPARSABLE, where, "is where the message stops being JSON");
    }

    /// The id that was read before reading had to stop, unless it stopped where a second id may have been.
    private static List<Id> idBefore(JsonParser parser, Piece beginning) {
        var context = parser.getParsingContext().getParent();
        return context == null || context.inRoot() ? List.of() : Shape.ids(beginning);
    }

    private static Reading malformed(Fault fault, JsonParser parser, String problem) {
        return new Malformed(fault, "byte " + parser.currentTokenLocation().getByteOffset(), problem, List.of());
    }
}
