package gatehouse.config.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class YamlTest {

    @Test
    void an_alias_is_refused_before_anything_is_built_of_it() {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(problems(bomb.toString())).containsExactly("f: 1: uses an anchor or alias; write the value out");
    }

    @Test
    void a_file_of_brackets_overflows_no_stack() {
        assertThat(problems("[".repeat(200_000))).containsExactly("f: 1: nests deeper than 16 levels");
        assertThat(problems("- ".repeat(20))).containsExactly("f: 1: nests deeper than 16 levels");
    }

    @Test
    void a_tag_is_refused() {
        assertThat(problems("a: 1\nb: !!java.net.URL [x]\n"))
                .containsExactly("f: 2: uses a tag; write the plain value");
    }

    @Test
    void what_is_not_yaml_is_told_with_its_line() {
        assertThat(problems("a: 1\nb: {\nc: ]\n")).singleElement().asString().startsWith("f: 3: is not YAML: ");
        assertThat(problems("a: \u0001\n")).singleElement().asString().startsWith("f: is not YAML: ");
    }

    @Test
    void a_file_without_a_document_is_no_way_to_declare_nothing() {
        assertThat(problems("")).containsExactly("f: declares nothing; fill or delete it");
        assertThat(problems("# id: echo\n")).containsExactly("f: declares nothing; fill or delete it");
    }

    @Test
    void documents_in_one_file_keep_their_lines() {
        var documents = Yaml.documents(new Sources.File("f", "id: a\n---\n\nid: b\n"), new Ledger());

        assertThat(documents).extracting(value -> value.place().line()).containsExactly(1, 4);
    }

    /// Whatever the bytes: an answer or a problem, never an exception.
    @RepeatedTest(200)
    void nonsense_is_always_answered(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var alphabet = "ab:-[]{}&*!|>'\"%#? \n\t,\u0000\ud800é";
        var text = new StringBuilder();
        random.ints(random.nextInt(80), 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));

        var ledger = new Ledger();
        var documents = Yaml.documents(new Sources.File("f", text.toString()), ledger);

        assertThat(documents.isEmpty())
                .as(text.toString())
                .isEqualTo(!ledger.problems().isEmpty());
    }

    private static List<String> problems(String text) {
        var ledger = new Ledger();
        assertThat(Yaml.documents(new Sources.File("f", text), ledger)).isEmpty();
        return ledger.problems().stream().map(Problem::toString).toList();
    }
}
