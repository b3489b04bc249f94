package gatehouse.node;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The modules are one straight line, and within each the root package is the front door.
class LayersTest {
    /// From left to right, as in the root pom: each knows those to its left.
    private static final List<String> LINE = List.of("config", "policy", "session", "persistence", "node");

    private static final JavaClasses GATEHOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("gatehouse");

    @ParameterizedTest
    @ValueSource(strings = {"config", "policy", "session", "persistence"})
    void a_module_knows_nothing_of_those_to_its_right(String module) {
        var right = LINE.subList(LINE.indexOf(module) + 1, LINE.size()).stream()
                .map(LayersTest::everything)
                .toArray(String[]::new);

        check(noClasses()
                .that()
                .resideInAPackage(everything(module))
                .should()
                .dependOnClassesThat(resideInAnyPackage(right)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "policy", "session", "persistence", "node"})
    void the_root_package_is_a_front_door_that_nothing_inside_uses(String module) {
        var root = "gatehouse." + module;

        check(noClasses().that().resideInAPackage(root + ".*..").should().dependOnClassesThat(resideInAPackage(root)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "policy", "session", "persistence", "node"})
    void the_packages_of_a_module_form_no_cycle(String module) {
        check(slices().matching("gatehouse." + module + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void only_the_node_serves_http() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("gatehouse.node..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.pekko.http.javadsl.server..")));
    }

    @Test
    void policies_do_not_read_json() {
        check(noClasses()
                .that()
                .resideInAPackage("gatehouse.policy..")
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson..")));
    }

    @Test
    void only_persistence_and_the_node_know_a_database() {
        check(noClasses()
                .that()
                .resideInAnyPackage("gatehouse.config..", "gatehouse.policy..", "gatehouse.session..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "slick..", "org.h2..")));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(GATEHOUSE);
    }

    private static String everything(String module) {
        return "gatehouse." + module + "..";
    }
}
