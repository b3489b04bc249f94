package gatehouse.load.profile;

import java.util.Arrays;

/// The layers of the gateway a sample can fall into, most particular first.
enum Layer {
    JSON("com.fasterxml.jackson gatehouse.session.mcp"),
    EDGE("gatehouse.node.edge org.apache.pekko.http.impl.engine.server org.apache.pekko.http.scaladsl.server org.apache.pekko.http.javadsl.server"),
    UPSTREAM("gatehouse.session.upstream org.apache.pekko.http.impl.engine.client"),
    HTTP("org.apache.pekko.http org.parboiled2"),
    TCP("org.apache.pekko.io sun.nio.ch org.apache.pekko.stream.impl.io"),
    STREAMS("org.apache.pekko.stream"),
    CLUSTER("org.apache.pekko.cluster org.apache.pekko.remote"),
    STORE("gatehouse.persistence org.apache.pekko.persistence slick com.zaxxer org.h2 org.postgresql"),
    ACTORS("org.apache.pekko"),
    POLICY("gatehouse.policy"),
    SESSION("gatehouse.session"),
    GATEWAY("gatehouse"),
    TELEMETRY("kamon ch.qos.logback org.slf4j io.opentelemetry");

    private final String packages;

    Layer(String packages) {
        this.packages = packages;
    }

    boolean owns(String type) {
        return Arrays.stream(packages.split(" ")).anyMatch(type::startsWith);
    }
}
