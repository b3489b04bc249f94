package gatehouse.session.federation;

import gatehouse.config.catalogue.Course;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;

/// One client that listens on a joined route: what it wants, in its words and in its members', and how far it is
/// served.
///
/// It is told first what it will hear, then what happens. One that lags too far behind is ended: it listens again, and
/// asks for what it missed.
final class Listener {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final Joint joint;
    private final Message request;
    private final ListenFilter asked;
    private final Marks marks;
    private final BoundedSourceQueue<Event> queue;
    private final Consumer<Listener> whenEnded;
    private final Map<Need, Wanted> needs = new LinkedHashMap<>();
    private final Set<Need> unsettled = new HashSet<>();
    private final Set<String> kinds = new TreeSet<>();
    private final SortedSet<String> uris = new TreeSet<>();
    private final SortedSet<String> tasks = new TreeSet<>();
    private final Set<Message> early = new LinkedHashSet<>();
    private boolean acknowledged;
    private boolean ended;

    /// A need, and how this listener calls what it is about.
    record Wanted(Course.Member member, Map<String, String> shownUris, Map<String, String> shownTasks) {}

    /// @param whenEnded what is done then, however slowly the client takes what it was told before
    Listener(Joint joint, Message request, Marks marks, BoundedSourceQueue<Event> queue, Consumer<Listener> whenEnded) {
        this.joint = joint;
        this.request = request;
        this.asked = ListenFilter.of(request);
        this.marks = marks;
        this.queue = queue;
        this.whenEnded = whenEnded;
    }

    void want(Need need, Wanted wanted) {
        needs.put(need, wanted);
        unsettled.add(need);
    }

    Joint joint() {
        return joint;
    }

    Set<Need> needs() {
        return Set.copyOf(needs.keySet());
    }

    Optional<Wanted> wanted(Need need) {
        return Optional.ofNullable(needs.get(need));
    }

    boolean asks(String kind) {
        return asked.kinds().contains(kind);
    }

    /// A member said what it will tell, or that it will not. True if there is nothing more to wait for.
    boolean settle(Need need, ListenFilter granted) {
        var wanted = needs.get(need);
        if (wanted != null && unsettled.remove(need)) {
            granted.kinds().stream().filter(this::asks).forEach(kinds::add);
            granted.uris().forEach(uri -> uris.add(wanted.shownUris().getOrDefault(uri, "")));
            granted.tasks().forEach(task -> tasks.add(wanted.shownTasks().getOrDefault(task, "")));
            uris.remove("");
            tasks.remove("");
        }
        return unsettled.isEmpty();
    }

    /// Says what it will hear. Lists of members that said nothing yet are counted in: once they are heard, their
    /// changes
    /// are told.
    void acknowledge() {
        if (acknowledged) {
            return;
        }
        acknowledged = true;
        if (!unsettled.isEmpty()) {
            ListenFilter.LISTS.kinds().stream().filter(this::asks).forEach(kinds::add);
        }
        var honoured = new ListenFilter(kinds, uris, tasks);
        offer(Message.notification(
                "notifications/subscriptions/acknowledged", "{\"notifications\":" + honoured.json() + "}"));
        early.forEach(this::offer);
        early.clear();
    }

    void tellChanged(String kind) {
        if (asks(kind)) {
            tell(Message.notification("notifications/" + kind + "/list_changed", "{}"));
        }
    }

    /// A resource changed that it subscribed to, or one below it.
    void tellUpdated(Need need, String own, UriTable table) {
        var wanted = needs.get(need);
        if (wanted == null) {
            return;
        }
        var shown = wanted.shownUris().get(own);
        var uri = shown == null ? table.shown(wanted.member().alias(), own) : shown;
        var meant = shown != null || wanted.shownUris().keySet().stream().anyMatch(own::startsWith);
        if (meant) {
            tell(Message.notification("notifications/resources/updated", "{\"uri\":" + Json.quote(uri) + "}"));
        }
    }

    void tellTask(Need need, Message notification, UriTable table) {
        var wanted = needs.get(need);
        if (wanted != null
                && wanted.shownTasks()
                        .containsKey(notification.text(Place.PARAMS_TASK_ID).orElse(""))) {
            tell(new Relabel(marks, wanted.member(), Optional.empty(), CompletableFuture::new)
                    .renamed(notification, table));
        }
    }

    /// @param changed whether all it listens to is to be asked for anew
    void end(boolean changed) {
        if (changed) {
            List.copyOf(kinds).forEach(this::tellChanged);
        }
        end();
    }

    void end() {
        if (!ended) {
            ended = true;
            queue.complete();
            whenEnded.accept(this);
        }
    }

    private void tell(Message notification) {
        if (acknowledged) {
            offer(notification);
        } else if (early.size() < 64) {
            early.add(notification);
        }
    }

    private void offer(Message notification) {
        var tagged = notification.with(
                Place.META_SUBSCRIPTION_ID, request.id().orElseThrow().json());
        if (!ended && !queue.offer(new Event("", -1, List.of(tagged))).equals(QueueOfferResult.enqueued())) {
            end();
        }
    }

    @Override
    public String toString() {
        return "listener " + number;
    }
}
