package gatehouse.node.journey;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The official conformance suite, run against one address.
final class Suite {

    private Suite() {}

    /// Everything that a revision requires.
    static SuiteReport run(Harness harness, String revision, URI url, Path out) {
        return run(harness, url, out, List.of("--requirements", revision));
    }

    /// All it has for a revision whose requirements nobody froze.
    static SuiteReport unfrozen(Harness harness, String revision, URI url, Path out) {
        return run(harness, url, out, List.of("--spec-version", revision));
    }

    static SuiteReport scenario(Harness harness, String scenario, URI url, Path out) {
        return run(harness, url, out, List.of("--scenario", scenario));
    }

    /// The same, as a revision wants it.
    static SuiteReport scenario(Harness harness, String scenario, String revision, URI url, Path out) {
        return run(harness, url, out, List.of("--scenario", scenario, "--spec-version", revision));
    }

    private static SuiteReport run(Harness harness, URI url, Path out, List<String> what) {
        var suite = harness.at("node_modules/@modelcontextprotocol/conformance/dist/index.js");
        var arguments = new ArrayList<>(List.of(suite, "server", "--url", url.toString(), "-o", out.toString()));
        arguments.addAll(what);
        try (var program = Program.start(harness.node(arguments), Map.of(), harness.directory())) {
            program.finish(Duration.ofMinutes(3));
            return SuiteReport.read(out, program.lines());
        }
    }
}
