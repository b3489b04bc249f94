package gatehouse.config.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SealedTypesTest {

    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Nothing() implements Shape {}

        sealed interface Polygon extends Shape {
            record Square(double side, Duration drawn) implements Polygon {}
        }
    }

    enum Colour {
        RED,
        GREEN
    }

    record Drawing(
            Shape first,
            List<Shape> rest,
            Map<String, Shape> named,
            Optional<Shape> best,
            Shape.Polygon.Square square,
            Colour colour,
            Instant at,
            URI where)
            implements Wire, Stored {}

    sealed interface Command extends Wire {}

    record Draw(Shape shape, long number) implements Command {}

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Serialization SERIALIZATION =
            SerializationExtension.get(KIT.system().classicSystem());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void fields_of_sealed_types_cross_nodes_without_annotations() throws Exception {
        var square = new Shape.Polygon.Square(2, Duration.ofMillis(250));
        var drawing = new Drawing(
                new Shape.Circle(1.5),
                List.of(new Shape.Nothing(), square),
                Map.of("a", new Shape.Circle(1)),
                Optional.of(square),
                square,
                Colour.GREEN,
                Instant.parse("2026-11-21T10:00:00.123Z"),
                URI.create("https://example.org/"));

        assertThat(roundTrip(drawing)).isEqualTo(drawing);
    }

    @Test
    void a_command_of_a_sealed_protocol_is_written_as_the_record_it_is() throws Exception {
        assertThat(roundTrip(new Draw(new Shape.Nothing(), 7))).isEqualTo(new Draw(new Shape.Nothing(), 7));
    }

    @Test
    void the_bytes_name_the_record_and_no_class() throws Exception {
        var bytes = new String(serializer().toBinary(new Draw(new Shape.Circle(1), 7)), StandardCharsets.ISO_8859_1);

        assertThat(bytes).contains("@type", "Circle").doesNotContain("gatehouse");
    }

    @Test
    void a_name_that_the_sealed_type_does_not_list_creates_nothing() throws Exception {
        var bytes = new String(serializer().toBinary(new Draw(new Shape.Circle(1), 7)), StandardCharsets.ISO_8859_1)
                .replace("Circle", "String")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> serializer().fromBinary(bytes, Draw.class.getName()))
                .hasMessageContaining("known type ids = [Circle, Nothing, Square]");
    }

    private static SerializerWithStringManifest serializer() throws Exception {
        return (SerializerWithStringManifest) SERIALIZATION.serializerFor(Draw.class);
    }

    private static Object roundTrip(Object message) throws Exception {
        var serializer = (SerializerWithStringManifest) SERIALIZATION.findSerializerFor(message);
        return serializer.fromBinary(serializer.toBinary(message), serializer.manifest(message));
    }
}
