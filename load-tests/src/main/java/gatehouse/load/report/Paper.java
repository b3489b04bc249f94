package gatehouse.load.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// The directory of one run, with what it found as Markdown for people and as JSON for programs.
public record Paper(Path directory) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /// `…/target/load/NAME-time`, beside the module where the run starts in the project's root.
    public static Paper of(Path parent, String name) throws IOException {
        return new Paper(Files.createDirectories(parent.resolve(
                name + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP))));
    }

    public static Path usualParent() {
        return Files.isDirectory(Path.of("load-tests")) ? Path.of("load-tests/target/load") : Path.of("target/load");
    }

    public void write(String markdown, Object figures) throws IOException {
        Files.writeString(directory.resolve("report.md"), markdown);
        JSON.writeValue(directory.resolve("report.json").toFile(), figures);
    }
}
