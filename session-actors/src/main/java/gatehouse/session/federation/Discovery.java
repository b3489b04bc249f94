package gatehouse.session.federation;

import gatehouse.config.catalogue.Alias;
import gatehouse.config.catalogue.Course;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// `server/discover` of a joined route: what its members can do together, and what each of them has to say.
final class Discovery {

    private static final String METHOD = "server/discover";
    private static final int LONGEST_INSTRUCTIONS = 64 * 1024;

    private final Asking asking;
    private final FederationSettings.Lists bounds;
    private final ListCache<Kept> cache;
    private final InstantSource clock;

    Discovery(Asking asking, FederationSettings settings, InstantSource clock) {
        this.asking = asking;
        this.bounds = settings.lists();
        this.cache = new ListCache<>(settings.caching(), clock);
        this.clock = clock;
    }

    private record Said(Course.Member member, Optional<Answered<Kept>> entry) {
        Optional<Message> result() {
            return entry.map(found -> found.value().result());
        }
    }

    CompletableFuture<Reply> answer(Joint joint, Id id) {
        var said = new ArrayList<CompletableFuture<Said>>();
        for (var member : joint.course().members()) {
            said.add(cache.get(
                            new ListCache.Key(member.upstream(), METHOD, ""),
                            joint.principal(),
                            () -> ask(joint, member))
                    .thenApply(entry -> new Said(member, Optional.of(entry)))
                    .exceptionally(unreached -> new Said(member, Optional.empty())));
        }
        return CompletableFuture.allOf(said.toArray(CompletableFuture[]::new))
                .thenCompose(done -> Answering.message(Message.result(
                        id,
                        merged(joint, said.stream().map(CompletableFuture::join).toList()))));
    }

    ListCache<Kept> cache() {
        return cache;
    }

    private CompletableFuture<Kept> ask(Joint joint, Course.Member member) {
        var answer = asking.answer(joint, member, asking.request(METHOD, ""), bounds.deadline());
        var kept = answer.thenCompose(message -> message.kind() == Message.Kind.RESULT
                        ? CompletableFuture.completedFuture(new Kept(message))
                        : CompletableFuture.<Kept>failedFuture(new Unreached()))
                .orTimeout(bounds.deadline().toNanos(), TimeUnit.NANOSECONDS);
        var _ = kept.whenComplete((got, failure) -> answer.cancel(true));
        return kept;
    }

    private String merged(Joint joint, List<Said> said) {
        var results = said.stream().flatMap(each -> each.result().stream()).toList();
        var missing = said.stream()
                .filter(each -> each.entry().isEmpty())
                .map(each -> each.member().alias())
                .toList();
        var shared = missing.isEmpty()
                && joint.route().access().anonymous()
                && said.stream()
                        .allMatch(each -> each.entry().orElseThrow().value().shared());
        var instructions = instructions(said);
        return "{\"supportedVersions\":["
                + Json.quote(Dialect.SUPPORTED_MODERN.getFirst().version())
                + "],\"capabilities\":" + Capabilities.union(results)
                + (instructions.isEmpty() ? "" : ",\"instructions\":" + Json.quote(instructions))
                + ",\"resultType\":\"complete\",\"ttlMs\":" + life(said).toMillis()
                + ",\"cacheScope\":\"" + (shared ? "public" : "private") + "\",\"_meta\":" + JointList.meta(missing)
                + "}";
    }

    /// Each under the alias that its tools carry. They speak of tools by the names their upstream gave them.
    /// What would make it longer than a client should read is left out.
    private static String instructions(List<Said> said) {
        var all = new StringBuilder();
        for (var each : said) {
            each.result()
                    .flatMap(result -> result.text(Place.RESULT_INSTRUCTIONS))
                    .filter(text -> !text.isBlank() && all.length() + text.length() <= LONGEST_INSTRUCTIONS)
                    .ifPresent(text -> all.append(all.isEmpty() ? "" : "\n\n")
                            .append(heading(each.member().alias()))
                            .append(text));
        }
        return all.toString();
    }

    private static String heading(Alias alias) {
        return "## " + alias + "\n\n";
    }

    private Duration life(List<Said> said) {
        var now = clock.instant();
        return said.stream()
                .map(each -> each.entry()
                        .map(entry -> Duration.between(now, entry.until()))
                        .orElse(Duration.ZERO))
                .min(Duration::compareTo)
                .filter(life -> !life.isNegative())
                .orElse(Duration.ZERO);
    }
}
