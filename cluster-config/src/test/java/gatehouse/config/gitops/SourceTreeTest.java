package gatehouse.config.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {

    private static final CatalogueSettings.Bounds BOUNDS = new CatalogueSettings.Bounds(100, 4096, 10_000);

    @TempDir
    Path directory;

    @TempDir
    Path outside;

    private Declarations declarations;

    @BeforeEach
    void write() {
        declarations = Declarations.good(directory).within(BOUNDS);
    }

    @Test
    void a_link_that_leaves_the_directory_is_refused() throws Exception {
        var secret = Files.writeString(outside.resolve("secret.yaml"), "id: root\ntitle: x\n");
        Files.createSymbolicLink(directory.resolve("tenants/link.yaml"), secret);

        assertThat(declarations.problems()).containsExactly("tenants/link.yaml: is a link that leaves the directory");
    }

    @Test
    void a_directory_that_is_a_link_to_elsewhere_is_refused_file_by_file() throws Exception {
        Files.writeString(outside.resolve("a.yaml"), "id: a\ntitle: x\n");
        Files.delete(directory.resolve("tenants/orchard.yaml"));
        Files.delete(directory.resolve("tenants"));
        Files.createSymbolicLink(directory.resolve("tenants"), outside);

        assertThat(declarations.problems()).contains("tenants/a.yaml: is a link that leaves the directory");
    }

    /// How a mounted configuration of a container platform looks: links to a hidden directory beside them.
    @Test
    void a_link_within_the_directory_is_followed() throws Exception {
        var hidden = Files.createDirectories(directory.resolve("..data"));
        Files.move(directory.resolve("tenants/orchard.yaml"), hidden.resolve("orchard.yaml"));
        Files.createSymbolicLink(directory.resolve("tenants/orchard.yaml"), Path.of("../..data/orchard.yaml"));

        assertThat(declarations.problems()).isEmpty();
    }

    @Test
    void a_link_to_nowhere_is_a_problem() throws Exception {
        Files.createSymbolicLink(directory.resolve("tenants/gone.yaml"), Path.of("nowhere.yaml"));

        assertThat(declarations.problems()).containsExactly("tenants/gone.yaml: cannot be read");
    }

    @Test
    void what_is_not_utf_8_is_refused() throws Exception {
        Files.write(directory.resolve("tenants/latin.yaml"), new byte[] {'i', 'd', ':', ' ', (byte) 0xE9});

        assertThat(declarations.problems()).containsExactly("tenants/latin.yaml: is not UTF-8");
    }

    @Test
    void a_file_that_is_too_large_is_refused() {
        declarations.with("tenants/large.yaml", "#".repeat(4097));

        assertThat(declarations.problems()).containsExactly("tenants/large.yaml: has more than 4096 bytes");
    }

    @Test
    void too_many_files_and_too_many_bytes_are_refused() {
        assertThat(declarations
                        .within(new CatalogueSettings.Bounds(3, 4096, 10_000))
                        .problems())
                .contains("routes/echo.yaml: is one file too many: at most 3 are read");
        assertThat(declarations
                        .within(new CatalogueSettings.Bounds(100, 4096, 60))
                        .problems())
                .contains("agents/reader.yaml: brings all files together to more than 60 bytes");
    }

    /// Each of them could be as large as one file may be: all together would be read, look after look.
    @Test
    void beyond_the_bytes_of_all_no_file_is_opened() {
        for (var i = 0; i < 20; i++) {
            declarations.with("agents/z" + i + ".yaml", "#".repeat(4000));
        }

        assertThat(declarations.problems().stream().filter(problem -> problem.contains("brings all files")))
                .singleElement()
                .asString()
                .contains("to more than 10000 bytes");
        assertThat(SourceTree.look(directory, BOUNDS).files().stream()
                        .mapToInt(file -> file.text().length())
                        .sum())
                .isLessThanOrEqualTo(10_000);
    }

    @Test
    void what_would_go_unread_by_a_slip_is_told() {
        declarations
                .with("route/a.yaml", "id: a")
                .with("routes/b.yml", "id: b")
                .with("routes/deep/c.yaml", "id: c")
                .with("manifests/d.yaml", "id: d");

        assertThat(declarations.problems())
                .containsExactly(
                        "manifests/d.yaml: is not read by this version, and enforces nothing: take it out",
                        "route/: is no directory of declarations; did you mean \"routes\"?",
                        "routes/b.yml: is not read; name it .yaml",
                        "routes/deep: is a directory; the files of routes/ lie side by side");
    }

    @Test
    void other_things_in_the_directory_are_left_alone() {
        declarations
                .with("node.conf", "")
                .with("README.md", "")
                .with(".git/config", "")
                .with("scripts/a.yaml", "?")
                .with("routes/.echo.yaml.swp", "?")
                .with("routes/notes.txt", "?");

        assertThat(declarations.problems()).isEmpty();
    }

    /// A mount that is not there yet must not take every route away.
    @Test
    void an_empty_directory_declares_no_empty_catalogue() {
        assertThat(new Declarations(outside).problems())
                .singleElement()
                .asString()
                .endsWith(": declares nothing: there is no .yaml file in tenants/, agents/, upstreams/, routes/");
        assertThat(Assembly.load(outside.resolve("gone"), declarations.settings))
                .isInstanceOf(Assembly.Broken.class);
    }

    @Test
    void two_looks_are_alike_if_and_only_if_they_found_the_same() {
        var first = SourceTree.look(directory, BOUNDS).digest();

        assertThat(SourceTree.look(directory, BOUNDS).digest()).isEqualTo(first);
        declarations.with("tenants/orchard.yaml", "id: orchard\ntitle: Orchards\n");
        assertThat(SourceTree.look(directory, BOUNDS).digest()).isNotEqualTo(first);
        declarations
                .with("tenants/orchard.yaml", "id: orchard\ntitle: Orchard\n")
                .with("routes/b.yml", "");
        assertThat(SourceTree.look(directory, BOUNDS).digest()).isNotEqualTo(first);
    }
}
