package gatehouse.node;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every file of the project keeps to, so that no review has to say it.
class TidyTest {
    /// If nothing else comes to mind, the type does not know what it is yet.
    private static final Set<String> SAY_NOTHING = Set.of(
            "Manager",
            "Helper",
            "Util",
            "Utils",
            "Impl",
            "Base",
            "Abstract",
            "Default",
            "Data",
            "Info",
            "Service",
            "Handler",
            "Processor");

    /// One word per concept; the word to use stands in the glossary of `architecture.md`.
    private static final Set<String> SAID_OTHERWISE = Set.of(
            "Backend",
            "Frontend",
            "Endpoint",
            "Consumer",
            "Bot",
            "Company",
            "Customer",
            "Packet",
            "Invocation",
            "Transaction",
            "Conversation",
            "Interceptor",
            "Clearance",
            "Quota",
            "Fuse",
            "Scanner",
            "Sanitizer",
            "Descriptor",
            "Destination",
            "Plugin",
            "Cleanup",
            "Validator",
            "Caller");

    private static final Pattern WORD = Pattern.compile("[A-Z][a-z0-9]*");
    private static final Pattern TODO = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?!\\(#\\d+\\))");
    private static final Pattern SLEEP =
            Pattern.compile("\\bThread\\.sleep\\b|\\b(?:TimeUnit\\.)?[A-Z]+SECONDS\\.sleep\\b");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    /// Where one machine keeps its files, or one company its packages: it would not work anywhere else.
    private static final Pattern ONE_MACHINE = Pattern.compile(
            "(?<![\\w.$}/-])/(?:work|farm|root|home|tmp)/\\w|\\b(?:registry|repo|repo1|deb|docker|ghcr|quay|pypi)\\.[\\w.-]*\\w\\.(?:org|com|io)\\b|\\b(?:ghcr|quay|docker)\\.io\\b");

    private static final List<Path> SOURCES = Project.files(".java").toList();
    private static final JavaSources JAVA = JavaSources.read(SOURCES);

    @Test
    void no_file_is_longer_than_one_can_hold_in_mind() {
        assertNone(SOURCES.stream()
                .filter(file -> Project.lines(file).size() > (Project.isTest(file) ? 400 : 300))
                .map(file -> Project.name(file) + ": " + Project.lines(file).size() + " lines"));
    }

    @Test
    void no_method_is_longer_than_forty_lines() {
        assertNone(JAVA.methods().stream()
                .filter(method -> method.lines() > 40)
                .map(method ->
                        "%s: %s has %d lines".formatted(Project.name(method.file()), method.name(), method.lines())));
    }

    @Test
    void no_type_has_a_name_that_says_nothing() {
        assertNone(typesNamedWith(SAY_NOTHING));
    }

    @Test
    void types_speak_the_words_of_the_glossary() {
        assertNone(typesNamedWith(SAID_OTHERWISE));
    }

    @Test
    void every_type_opens_with_a_sentence() {
        assertNone(JAVA.types().stream()
                .filter(type -> type.topLevel() && !Project.isTest(type.file()))
                .filter(type -> !opensWithASentence(Project.lines(type.file()), (int) type.line() - 1))
                .map(type -> Project.name(type.file()) + ": no `///` sentence above " + type.name()));
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() {
        assertNone(SOURCES.stream()
                .filter(file -> !Project.isTest(file))
                .map(Path::getParent)
                .distinct()
                .map(folder -> folder.resolve("package-info.java"))
                .filter(file -> !Files.exists(file) || !isComplete(Project.text(file)))
                .map(file -> Project.name(file) + ": missing, or without a `///` sentence or @NullMarked"));
    }

    @Test
    void what_is_left_to_do_names_its_issue() {
        assertNone(findings(file -> file.toString().endsWith(".java"), TODO));
    }

    @Test
    void no_test_sleeps() {
        assertNone(findings(file -> file.toString().endsWith(".java") && Project.isTest(file), SLEEP));
    }

    @Test
    void nothing_is_tied_to_one_machine() {
        assertNone(findings(_ -> true, ONE_MACHINE));
    }

    @Test
    void the_links_of_every_page_resolve() {
        assertNone(Project.files(".md")
                .flatMap(page -> LINK.matcher(Project.text(page))
                        .results()
                        .map(link -> link.group(1))
                        .filter(link -> !link.contains(":") && !Files.exists(page.resolveSibling(link)))
                        .map(link -> Project.name(page) + " links to " + link + ", which is not there")));
    }

    @Test
    void the_load_tests_know_the_product_only_from_outside() {
        var inside = Pattern.compile("^import (?:static )?gatehouse\\.(?:config|policy|session|persistence|node)\\b");

        assertNone(findings(file -> Project.name(file).startsWith("load-tests/src/main/java/"), inside));
    }

    private static Stream<String> typesNamedWith(Set<String> words) {
        return JAVA.types().stream()
                .filter(type -> WORD.matcher(type.name()).results().anyMatch(word -> words.contains(word.group())))
                .map(type -> Project.name(type.file()) + ": " + type.name());
    }

    private static Stream<String> findings(Predicate<Path> files, Pattern pattern) {
        return Project.files()
                .filter(files)
                .filter(file -> !file.endsWith("TidyTest.java"))
                .flatMap(file -> findings(file, pattern));
    }

    private static Stream<String> findings(Path file, Pattern pattern) {
        var lines = Project.lines(file);
        return IntStream.range(0, lines.size())
                .filter(i -> pattern.matcher(lines.get(i)).find())
                .mapToObj(i -> "%s:%d: %s"
                        .formatted(Project.name(file), i + 1, lines.get(i).strip()));
    }

    private static boolean opensWithASentence(List<String> lines, int declaration) {
        return declaration > 0 && lines.get(declaration - 1).startsWith("///");
    }

    private static boolean isComplete(String text) {
        return text.startsWith("///") && text.contains("@NullMarked");
    }

    private static void assertNone(Stream<String> violations) {
        assertThat(violations.collect(joining("\n"))).isEmpty();
    }
}
