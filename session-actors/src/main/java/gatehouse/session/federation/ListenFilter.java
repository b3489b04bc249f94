package gatehouse.session.federation;

import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.pekko.util.ByteString;

/// What somebody listens for, or is told that it will hear.
///
/// @param kinds `tools`, `prompts`, `resources`: whose lists may change
record ListenFilter(Set<String> kinds, SortedSet<String> uris, SortedSet<String> tasks) {

    static final ListenFilter LISTS = new ListenFilter(Set.of("tools", "prompts", "resources"), none(), none());

    static final ListenFilter NOTHING = new ListenFilter(Set.of(), none(), none());

    /// More are not honoured.
    private static final int MOST = 1000;

    private static final String URIS = "params.notifications.resourceSubscriptions.*";
    private static final String TASKS = "params.notifications.taskIds.*";
    private static final Texts NAMED = Texts.at(URIS, TASKS);

    ListenFilter {
        kinds = Set.copyOf(kinds);
        uris = new TreeSet<>(uris);
        tasks = new TreeSet<>(tasks);
    }

    static SortedSet<String> none() {
        return new TreeSet<>();
    }

    /// What a request asks for, or an acknowledgement grants.
    static ListenFilter of(Message message) {
        var kinds = new TreeSet<String>();
        var flags = Json.members(message.raw(Place.PARAMS_NOTIFICATIONS).orElse(ByteString.emptyByteString()));
        LISTS.kinds()
                .forEach(kind -> Optional.ofNullable(flags.get(kind + "ListChanged"))
                        .filter(value -> value.utf8String().equals("true"))
                        .ifPresent(value -> kinds.add(kind)));
        var uris = new TreeSet<String>();
        var tasks = new TreeSet<String>();
        var _ = message.with(NAMED, (path, text) -> {
            var named = path.equals(URIS) ? uris : tasks;
            if (named.size() < MOST) {
                named.add(text);
            }
            return text;
        });
        return new ListenFilter(kinds, uris, tasks);
    }

    ListenFilter onlyLists() {
        return new ListenFilter(kinds, none(), none());
    }

    /// As it stands in `params.notifications`.
    String json() {
        var members = new ArrayList<String>();
        kinds.stream().sorted().forEach(kind -> members.add(Json.quote(kind + "ListChanged") + ":true"));
        if (!uris.isEmpty()) {
            members.add("\"resourceSubscriptions\":" + array(uris));
        }
        if (!tasks.isEmpty()) {
            members.add("\"taskIds\":" + array(tasks));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static List<String> array(SortedSet<String> texts) {
        return texts.stream().map(Json::quote).toList();
    }
}
