package gatehouse.load.profile;

import java.util.Arrays;
import java.util.Optional;

/// The layers of the gateway a sample can fall into, most particular first.
///
/// What begins with a dot is a package of the product, which is only known by name here.
enum Layer {
    JSON("com.fasterxml.jackson .session.mcp"),
    EDGE(".node.edge org.apache.pekko.http.impl.engine.server org.apache.pekko.http.scaladsl.server"
            + " org.apache.pekko.http.javadsl.server"),
    UPSTREAM(".session.upstream org.apache.pekko.http.impl.engine.client"),
    HTTP("org.apache.pekko.http org.parboiled2"),
    TCP("org.apache.pekko.io org.apache.pekko.stream.impl.io sun.nio.ch"),
    STREAMS("org.apache.pekko.stream"),
    CLUSTER("org.apache.pekko.cluster org.apache.pekko.remote"),
    STORE(".persistence org.apache.pekko.persistence slick com.zaxxer org.h2 org.postgresql"),
    ACTORS("org.apache.pekko"),
    POLICY(".policy"),
    SESSION(".session"),
    CATALOGUE(".config"),
    NODE(".node"),
    TELEMETRY("kamon ch.qos.logback org.slf4j io.opentelemetry");

    private static final String PRODUCT = "gatehouse";

    private final String packages;

    Layer(String packages) {
        this.packages = packages;
    }

    /// The layer a type belongs to; what the JDK and the Scala library do belongs to whoever called them.
    static Optional<Layer> of(String type) {
        return Arrays.stream(values()).filter(layer -> layer.owns(type)).findFirst();
    }

    private boolean owns(String type) {
        return Arrays.stream(packages.split(" "))
                .map(name -> name.startsWith(".") ? PRODUCT + name : name)
                .anyMatch(name -> type.startsWith(name + "."));
    }
}
