package gatehouse.session.federation;

import gatehouse.config.catalogue.Course;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Texts;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Takes requests of clients to the member they belong to, in the member's words, and brings back what it answers in
/// the
/// route's.
final class Carrying {

    private static final Texts REF = Texts.at("params.ref.type", "params.ref.name", "params.ref.uri");

    private final JointLists lists;
    private final Stamp stamp;
    private final Reads reads;

    Carrying(JointLists lists, Stamp stamp, Reads reads) {
        this.lists = lists;
        this.stamp = stamp;
        this.reads = reads;
    }

    /// A call of a tool, or of a prompt.
    CompletableFuture<Reply> named(Joint joint, Outbound.Post post, ListKind kind) {
        var message = post.message();
        var id = message.id().orElseThrow();
        var name = message.text(Place.PARAMS_NAME).orElse("");
        return byName(
                joint,
                id,
                name,
                kind,
                (member, own) -> state(member, message)
                        .map(request ->
                                carry(joint, member, post, request.withText(Place.PARAMS_NAME, own), Optional.empty()))
                        .orElseGet(() -> badState(id)));
    }

    CompletableFuture<Reply> read(Joint joint, Outbound.Post post) {
        var message = post.message();
        var id = message.id().orElseThrow();
        var uri = message.text(Place.PARAMS_URI).orElse("");
        return Answering.later(lists.uriTable(joint, table -> table.owner(uri).isPresent())
                .thenApply(table -> () -> table.owner(uri)
                        .flatMap(owned -> joint.member(owned.alias())
                                .map(member -> read(joint, post, member, new Relabel.Asked(uri, owned.uri()))))
                        .orElseGet(() -> missing(joint, id, uri))));
    }

    private CompletableFuture<Reply> read(Joint joint, Outbound.Post post, Course.Member member, Relabel.Asked asked) {
        var request = state(member, post.message());
        if (request.isEmpty()) {
            return badState(post.message().id().orElseThrow());
        }
        var own = request.get().withText(Place.PARAMS_URI, asked.own());
        return Answering.then(
                reads.read(joint, member, own, () -> send(joint, member, post, own)),
                reply -> relabel(joint, member, Optional.of(asked)).reply(reply));
    }

    CompletableFuture<Reply> complete(Joint joint, Outbound.Post post) {
        var message = post.message();
        var id = message.id().orElseThrow();
        var ref = message.texts(REF);
        var name = ref.getOrDefault("params.ref.name", "");
        var uri = ref.getOrDefault("params.ref.uri", "");
        return switch (ref.getOrDefault("params.ref.type", "")) {
            case "ref/prompt" ->
                byName(
                        joint,
                        id,
                        name,
                        ListKind.PROMPTS,
                        (member, own) ->
                                carry(joint, member, post, renamed(message, "params.ref.name", own), Optional.empty()));
            case "ref/resource" ->
                Answering.later(lists.uriTable(
                                joint, table -> table.ownerOfTemplate(uri).isPresent())
                        .thenApply(table -> () -> table.ownerOfTemplate(uri)
                                .or(() -> table.owner(uri))
                                .flatMap(owned -> joint.member(owned.alias())
                                        .map(member -> carry(
                                                joint,
                                                member,
                                                post,
                                                renamed(message, "params.ref.uri", owned.uri()),
                                                Optional.of(new Relabel.Asked(uri, owned.uri())))))
                                .orElseGet(() -> missing(joint, id, uri))));
            default -> Answering.wrong(id, "params.ref is neither a prompt nor a resource");
        };
    }

    CompletableFuture<Reply> task(Joint joint, Outbound.Post post) {
        var message = post.message();
        return new Marks(stamp, joint)
                .task(message.text(Place.PARAMS_TASK_ID).orElse(""))
                .map(owned -> carry(
                        joint,
                        owned.member(),
                        post,
                        message.withText(Place.PARAMS_TASK_ID, owned.own()),
                        Optional.empty()))
                .orElseGet(() -> Answering.wrong(message.id().orElseThrow(), "there is no such task"));
    }

    /// What to do with a request once its member and the member's own name are known.
    private interface Step {
        CompletableFuture<Reply> go(Course.Member member, String own);
    }

    private CompletableFuture<Reply> byName(Joint joint, Id id, String name, ListKind kind, Step step) {
        var member = NameTable.aliasOf(name).flatMap(joint::member);
        if (member.isEmpty()) {
            return unknown(id, kind);
        }
        return Answering.later(lists.names(
                        joint, member.get(), kind, table -> table.own(name).isPresent())
                .thenApply(table -> () ->
                        table.own(name).map(own -> step.go(member.get(), own)).orElseGet(() -> unknown(id, kind))));
    }

    private CompletableFuture<Reply> carry(
            Joint joint, Course.Member member, Outbound.Post post, Message own, Optional<Relabel.Asked> asked) {
        return Answering.then(
                send(joint, member, post, own),
                reply -> relabel(joint, member, asked).reply(reply));
    }

    /// Header and body name the same: what the client's headers repeat is written anew.
    private CompletableFuture<Reply> send(Joint joint, Course.Member member, Outbound.Post post, Message own) {
        var headers = new ArrayList<>(post.headers());
        headers.removeIf(header -> header.name().equalsIgnoreCase(Mirrors.NAME));
        Optional.ofNullable(Mirrors.headers(own).get(Mirrors.NAME))
                .ifPresent(name -> headers.add(new Header(Mirrors.NAME, name)));
        var limit = member.upstream().deadline();
        var deadline = limit.compareTo(post.deadline()) < 0 ? limit : post.deadline();
        return joint.peer(member).send(new Outbound.Post(own, headers, deadline, post.owner()));
    }

    private Relabel relabel(Joint joint, Course.Member member, Optional<Relabel.Asked> asked) {
        return new Relabel(new Marks(stamp, joint), member, asked, () -> lists.uriTable(joint, known -> true));
    }

    private static Message renamed(Message message, String path, String own) {
        return message.with(REF, (found, text) -> found.equals(path) ? own : text);
    }

    private static Optional<Message> state(Course.Member member, Message message) {
        return message.text(Place.PARAMS_REQUEST_STATE)
                .map(shown ->
                        Marks.state(member, shown).map(state -> message.withText(Place.PARAMS_REQUEST_STATE, state)))
                .orElseGet(() -> Optional.of(message));
    }

    private static CompletableFuture<Reply> badState(Id id) {
        return Answering.wrong(id, "requestState belongs to another upstream than this request");
    }

    private static CompletableFuture<Reply> unknown(Id id, ListKind kind) {
        return Answering.wrong(id, kind == ListKind.TOOLS ? "there is no such tool" : "there is no such prompt");
    }

    /// A resource of a member that cannot be asked may well exist.
    private CompletableFuture<Reply> missing(Joint joint, Id id, String uri) {
        return lists.lacksUris(joint) ? Answering.unreached() : Answering.noResource(id, uri);
    }
}
