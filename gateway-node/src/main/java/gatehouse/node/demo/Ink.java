package gatehouse.node.demo;

import java.io.Console;
import java.util.Optional;

/// Colour on a terminal, nothing anywhere else.
public enum Ink {
    COLOURED("\u001b[1m", "\u001b[36m", "\u001b[2m", "\u001b[0m"),
    PLAIN("", "", "", "");

    private final String bold;
    private final String blue;
    private final String pale;
    private final String off;

    Ink(String bold, String blue, String pale, String off) {
        this.bold = bold;
        this.blue = blue;
        this.pale = pale;
        this.off = off;
    }

    /// What suits whoever reads the output.
    public static Ink suitable() {
        var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal); // without one, it may be null
        return terminal.isPresent() && System.getenv("NO_COLOR") == null ? COLOURED : PLAIN;
    }

    String title(String text) {
        return bold + text + off;
    }

    /// What is to be copied, line by line.
    String code(String text) {
        return text.lines().map(line -> blue + line + off + "\n").reduce("", String::concat);
    }

    String aside(String text) {
        return pale + text + off;
    }
}
