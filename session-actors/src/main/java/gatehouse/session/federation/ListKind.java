package gatehouse.session.federation;

import java.util.Arrays;
import java.util.Optional;

/// The four lists of a server.
enum ListKind {
    TOOLS("tools/list", "tools", "name", "tools"),
    PROMPTS("prompts/list", "prompts", "name", "prompts"),
    RESOURCES("resources/list", "resources", "uri", "resources"),
    TEMPLATES("resources/templates/list", "resourceTemplates", "uriTemplate", "resources");

    private final String method;
    private final String array;
    private final String key;
    private final String capability;

    ListKind(String method, String array, String key, String capability) {
        this.method = method;
        this.array = array;
        this.key = key;
        this.capability = capability;
    }

    static Optional<ListKind> of(String method) {
        return Arrays.stream(values())
                .filter(kind -> kind.method.equals(method))
                .findFirst();
    }

    String method() {
        return method;
    }

    /// The name of the array in the result.
    String array() {
        return array;
    }

    /// What an item is known by.
    String key() {
        return key;
    }

    /// How capabilities and notifications call it; templates go with resources.
    String capability() {
        return capability;
    }

    boolean isOfNames() {
        return this == TOOLS || this == PROMPTS;
    }
}
