package gatehouse.config.settings;

import java.util.List;

/// A configuration that cannot be used, with everything that is wrong with it.
public final class BadConfig extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public BadConfig(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
