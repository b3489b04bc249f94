package gatehouse.session.federation;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Alias;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NameTableTest {

    private static final Alias K8S = new Alias("k8s");
    private static final List<String> LETTERS = List.of(
            "a",
            "A",
            "b",
            "_",
            "__",
            "-",
            ".",
            "/",
            " ",
            "é",
            "е",
            "ｅ",
            "工",
            "\u200b",
            "\ud83d\ude00",
            "0",
            "name",
            "a_rather_long_piece_of_a_name_of_a_tool");

    @Test
    void a_plain_name_gets_its_alias_before_it() {
        assertThat(NameTable.of(K8S, List.of("get_pods")).shown("get_pods")).contains("k8s__get_pods");
    }

    @Test
    void characters_that_models_refuse_are_replaced() {
        assertThat(NameTable.of(K8S, List.of("pods.list/all")).shown("pods.list/all"))
                .contains("k8s__pods_list_all");
    }

    @Test
    void a_long_name_ends_in_a_hash_and_not_in_a_cut() {
        var one = "x".repeat(70) + "1";
        var two = "x".repeat(70) + "2";
        var table = NameTable.of(K8S, List.of(one, two));

        assertThat(table.shown(one).orElseThrow()).hasSize(64).matches("k8s__x+_[0-9a-f]{8}");
        assertThat(table.shown(one)).isNotEqualTo(table.shown(two));
        assertThat(table.problems()).extracting(NameTable.Problem::cause).containsOnly(NameTable.Cause.TOO_LONG);
    }

    @Test
    void the_plainest_of_several_look_alikes_keeps_its_name() {
        var table = NameTable.of(K8S, List.of("Get.Pods", "get_pods", "get.pods"));

        assertThat(table.shown("get_pods")).contains("k8s__get_pods");
        assertThat(table.shown("get.pods").orElseThrow()).matches("k8s__get_pods_[0-9a-f]{8}");
        assertThat(table.shown("Get.Pods").orElseThrow()).matches("k8s__Get_Pods_[0-9a-f]{8}");
        assertThat(table.problems()).hasSize(2);
    }

    @Test
    void names_that_only_look_alike_to_an_eye_are_told_apart() {
        var table = NameTable.of(K8S, List.of("delete", "ｄelete", "del\u200bete"));

        assertThat(table.shown("delete")).contains("k8s__delete");
        assertThat(table.shownOf().values()).doesNotHaveDuplicates().hasSize(3);
        assertThat(table.problems()).extracting(NameTable.Problem::cause).containsOnly(NameTable.Cause.CONFUSABLE);
    }

    /// An upstream may have guessed the hash of another of its own tools.
    @Test
    void a_name_that_is_somebody_elses_hash_takes_nothing_away() {
        var hashed = NameTable.of(K8S, List.of("a.b", "a_b")).shown("a.b").orElseThrow();
        var table = NameTable.of(K8S, List.of("a.b", "a_b", hashed.substring("k8s__".length())));

        assertThat(table.own(hashed)).contains(hashed.substring("k8s__".length()));
        assertThat(table.shownOf().values()).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void a_separator_within_a_name_is_no_separator() {
        assertThat(NameTable.of(K8S, List.of("a__b")).own("k8s__a__b")).contains("a__b");
        assertThat(NameTable.aliasOf("k8s__a__b")).contains(K8S);
    }

    /// Whatever an upstream calls its tools: each has one name, models take it, it leads back, and it depends on
    /// nothing
    /// but the names.
    @RepeatedTest(200)
    void every_name_is_taken_by_models_leads_back_and_is_stable(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var alias = new Alias("a" + "b".repeat(random.nextInt(16)));
        var names = new ArrayList<String>();
        for (int i = 0; i < 1 + random.nextInt(60); i++) {
            names.add(name(random));
        }

        var table = NameTable.of(alias, names);

        var folded = new HashSet<String>();
        for (var name : new HashSet<>(names)) {
            var shown = table.shown(name).orElseThrow();
            assertThat(shown).matches("[A-Za-z0-9_-]{1,64}").startsWith(alias + "__");
            assertThat(table.own(shown)).contains(name);
            assertThat(NameTable.aliasOf(shown)).contains(alias);
            assertThat(folded.add(shown.toLowerCase(Locale.ROOT))).isTrue();
        }
        Collections.shuffle(names, random);
        assertThat(NameTable.of(alias, names)).isEqualTo(table);
    }

    private static String name(Random random) {
        var name = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            name.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return name.toString();
    }
}
