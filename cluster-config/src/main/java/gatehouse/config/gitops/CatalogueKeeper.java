package gatehouse.config.gitops;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.CatalogueDiff;
import gatehouse.config.catalogue.CurrentCatalogue;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches a directory of declarations and publishes what they add up to.
///
/// A broken edit leaves the last good catalogue serving. It is said once why: in the log, and in [CurrentCatalogue] for
/// as long as it lasts.
public final class CatalogueKeeper {

    public sealed interface Command {}

    /// Asks to be told of every change from now on. A subscriber that stops is forgotten.
    public record Subscribe(ActorRef<CatalogueDiff> subscriber) implements Command {}

    private record Look() implements Command {}

    private record Looked(String digest, Optional<Assembly> assembly) implements Command {}

    private record Failed(Throwable why) implements Command {}

    private record Gone(ActorRef<CatalogueDiff> subscriber) implements Command {}

    private static final Logger LOG = LoggerFactory.getLogger(CatalogueKeeper.class);

    /// Parts of one node; more means that somebody subscribes per call.
    private static final int MOST_SUBSCRIBERS = 64;

    /// A directory can be wrong in more ways than a log should hold. The holder keeps them all.
    private static final int MOST_LOGGED = 100;

    private final ActorContext<Command> context;
    private final Path directory;
    private final CatalogueSettings settings;
    private final CurrentCatalogue current;
    private final InstantSource clock;
    private final Set<ActorRef<CatalogueDiff>> subscribers = new LinkedHashSet<>();
    private Looks looks = Looks.NONE;
    private boolean looking;

    private CatalogueKeeper(
            ActorContext<Command> context,
            Path directory,
            CatalogueSettings settings,
            CurrentCatalogue current,
            InstantSource clock) {
        this.context = context;
        this.directory = directory;
        this.settings = settings;
        this.current = current;
        this.clock = clock;
    }

    /// Goes on after any failure with what it knew: the next look repeats what the failed one missed.
    public static Behavior<Command> create(
            Path directory, CatalogueSettings settings, CurrentCatalogue current, InstantSource clock) {
        return Behaviors.supervise(Behaviors.<Command>setup(context -> Behaviors.withTimers(timers -> {
                    timers.startTimerWithFixedDelay(new Look(), settings.poll());
                    return new CatalogueKeeper(context, directory, settings, current, clock).watching();
                })))
                .onFailure(SupervisorStrategy.resume());
    }

    private Behavior<Command> watching() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Subscribe(var subscriber) -> subscribe(subscriber);
                case Gone(var subscriber) -> subscribers.remove(subscriber);
                case Look _ -> look();
                case Looked looked -> judge(looked);
                case Failed(var why) -> {
                    looking = false;
                    LOG.error("the declarations could not be looked at", why);
                }
            }
            return Behaviors.same();
        });
    }

    private void subscribe(ActorRef<CatalogueDiff> subscriber) {
        if (subscribers.size() >= MOST_SUBSCRIBERS) {
            throw new IllegalStateException("more than " + MOST_SUBSCRIBERS + " subscribers to the catalogue");
        }
        context.watchWith(subscriber, new Gone(subscriber));
        subscribers.add(subscriber);
    }

    /// Reads and assembles where blocking is allowed, one look at a time.
    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        var before = looks;
        var blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        var work = CompletableFuture.supplyAsync(() -> look(before), blocking);
        context.pipeToSelf(work, (looked, failure) -> failure == null ? looked : new Failed(failure));
    }

    private Looked look(Looks before) {
        var sources = SourceTree.look(directory, settings.bounds());
        return new Looked(
                sources.digest(),
                before.judges(sources.digest()) ? Optional.of(Assembly.of(sources, settings)) : Optional.empty());
    }

    private void judge(Looked looked) {
        looking = false;
        looks = looks.after(looked.digest());
        looked.assembly().ifPresent(assembly -> {
            switch (assembly) {
                case Assembly.Whole(var catalogue) -> accept(catalogue);
                case Assembly.Broken(var problems) -> refuse(problems);
            }
        });
    }

    private void accept(Catalogue catalogue) {
        var before = current.now();
        if (!catalogue.declaresSameAs(before)) {
            var after = catalogue.numbered(before.number() + 1);
            current.publish(after, clock.instant());
            LOG.info(
                    "catalogue {} serves, routes: {}",
                    after.number(),
                    after.routes().size());
            var diff = CatalogueDiff.between(before, after);
            subscribers.forEach(subscriber -> subscriber.tell(diff));
        } else if (!current.problems().isEmpty()) {
            current.note(List.of());
            LOG.info("the declarations are good again; catalogue {} goes on serving", before.number());
        }
    }

    private void refuse(List<Problem> problems) {
        current.note(problems.stream().map(Problem::toString).toList());
        var serving = current.now().number();
        problems.stream()
                .limit(MOST_LOGGED)
                .forEach(problem -> LOG.warn("refused, catalogue {} goes on serving: {}", serving, problem));
        if (problems.size() > MOST_LOGGED) {
            LOG.warn("refused for {} problems more", problems.size() - MOST_LOGGED);
        }
    }
}
