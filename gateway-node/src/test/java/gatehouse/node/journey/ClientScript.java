package gatehouse.node.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A story told by an official SDK in its own language: one line for each step it went through.
///
/// @param directory for the script, beside the packages it imports
record ClientScript(Harness harness, Path directory, String name) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCRIPTS = Path.of("src/test/resources/clients");

    /// The names of the steps; those that failed carry the reason.
    ///
    /// @param urls of the upstreams by their names, as the clients reach them
    List<String> told(Map<String, URI> urls, Map<String, String> headers, Map<String, String> more, Duration patience) {
        var arguments = new ArrayList<String>();
        arguments.add(beside().resolve(name).toString());
        urls.forEach((upstream, url) -> arguments.add(upstream + "=" + url));
        var environment = new HashMap<>(more);
        environment.put("HEADERS", JSON.valueToTree(headers).toString());
        try (var program = Program.start(harness.node(arguments), environment, directory)) {
            program.finish(patience);
            return program.lines().stream().map(ClientScript::step).toList();
        }
    }

    private static String step(String line) {
        try {
            var step = JSON.readTree(line);
            return step.path("ok").asBoolean() ? step.path("step").asText() : line;
        } catch (JsonProcessingException noise) {
            return line;
        }
    }

    private Path beside() {
        var clients = directory.resolve("clients");
        try (var scripts = Files.list(SCRIPTS)) {
            Files.createDirectories(clients);
            Files.createSymbolicLink(
                    clients.resolve("node_modules"), harness.directory().resolve("node_modules"));
            for (var script : scripts.toList()) {
                Files.copy(script, clients.resolve(script.getFileName().toString()));
            }
            return clients;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
