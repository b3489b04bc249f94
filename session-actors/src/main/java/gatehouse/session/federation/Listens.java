package gatehouse.session.federation;

import gatehouse.config.catalogue.Course;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;

/// Opens `subscriptions/listen` on joined routes: finds out whom it concerns, and hands the listener to the hub.
final class Listens {

    private final ActorSystem<?> system;
    private final JointLists lists;
    private final Stamp stamp;
    private final FederationSettings.Listening settings;
    private final ActorRef<HubActor.Command> hub;

    Listens(
            ActorSystem<?> system,
            JointLists lists,
            Stamp stamp,
            FederationSettings.Listening settings,
            ActorRef<HubActor.Command> hub) {
        this.system = system;
        this.lists = lists;
        this.stamp = stamp;
        this.settings = settings;
        this.hub = hub;
    }

    CompletableFuture<Reply> open(Joint joint, Message request) {
        var filter = ListenFilter.of(request);
        var table = filter.uris().isEmpty()
                ? CompletableFuture.completedFuture(lists.knownUris(joint))
                : lists.uriTable(
                        joint,
                        known -> filter.uris().stream()
                                .allMatch(uri -> known.owner(uri).isPresent()));
        return Answering.later(
                table.thenApply(uris -> () -> CompletableFuture.completedFuture(stream(joint, request, filter, uris))));
    }

    private Reply stream(Joint joint, Message request, ListenFilter filter, UriTable uris) {
        var made = Source.<Event>queue(settings.buffer())
                .watchTermination(Keep.both())
                .preMaterialize(system);
        var marks = new Marks(stamp, joint);
        var listener =
                new Listener(joint, request, marks, made.first().first(), ended -> hub.tell(new HubActor.Leave(ended)));
        var members = new LinkedHashMap<Course.Member, Listener.Wanted>();
        filter.uris()
                .forEach(shown -> uris.owner(shown)
                        .ifPresent(owned -> joint.member(owned.alias())
                                .ifPresent(member ->
                                        wanted(members, member).shownUris().put(owned.uri(), shown))));
        filter.tasks()
                .forEach(shown -> marks.task(shown)
                        .ifPresent(owned ->
                                wanted(members, owned.member()).shownTasks().put(owned.own(), shown)));
        members.forEach((member, wanted) -> listener.want(need(joint, member, wanted), wanted));
        if (!filter.kinds().isEmpty()) {
            joint.course()
                    .members()
                    .forEach(member -> listener.want(
                            new Need(member.upstream(), joint.principal(), ListenFilter.LISTS),
                            new Listener.Wanted(member, Map.of(), Map.of())));
        }
        hub.tell(new HubActor.Join(listener));
        var _ = made.first().second().whenComplete((done, failure) -> hub.tell(new HubActor.Leave(listener)));
        return new Reply.Streamed(made.second(), "");
    }

    private static Listener.Wanted wanted(Map<Course.Member, Listener.Wanted> members, Course.Member member) {
        return members.computeIfAbsent(member, owner -> new Listener.Wanted(owner, new HashMap<>(), new HashMap<>()));
    }

    private static Need need(Joint joint, Course.Member member, Listener.Wanted wanted) {
        var uris = ListenFilter.none();
        uris.addAll(wanted.shownUris().keySet());
        var tasks = ListenFilter.none();
        tasks.addAll(wanted.shownTasks().keySet());
        return new Need(member.upstream(), joint.principal(), new ListenFilter(Set.of(), uris, tasks));
    }
}
