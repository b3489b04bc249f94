package gatehouse.config.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A text that must not be seen: it prints as `***`, and only [#reveal] gives it away.
public record Secret(String reveal) {

    /// Far more than any key or certificate needs; a larger file is a mistake.
    private static final int LARGEST = 64 * 1024;

    /// What looking for a secret led to.
    sealed interface Source {
        record Found(Secret secret) implements Source {}

        record Missing(String why) implements Source {}
    }

    static Source ofFile(Path file) {
        if (!Files.isRegularFile(file)) {
            return new Source.Missing("names a file that does not exist");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST + 1);
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return bytes.length > LARGEST
                    ? new Source.Missing("names a file of more than 64 KiB, which cannot be a secret")
                    : found(text, "names an empty file");
        } catch (CharacterCodingException notText) {
            return new Source.Missing("names a file that is not UTF-8 text");
        } catch (IOException unreadable) {
            return new Source.Missing("names a file that cannot be read");
        }
    }

    static Source ofVariable(String name) {
        @Nullable String value = System.getenv(name);
        return found(value == null ? "" : value, "names the variable " + name + ", which is not set");
    }

    /// Editors and `echo` end a file with a line break that is no part of the secret.
    private static Source found(String text, String ifEmpty) {
        var secret = text.stripTrailing();
        return secret.isEmpty() ? new Source.Missing(ifEmpty) : new Source.Found(new Secret(secret));
    }

    @Override
    public String toString() {
        return "***";
    }
}
