package gatehouse.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.typesafe.config.ConfigFactory;
import gatehouse.config.cluster.Wire;
import gatehouse.config.settings.Settings;
import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.SessionDoor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What may cross nodes does, and nothing else is sent where it might have to.
class WireTest {

    private static final JavaClasses GATEHOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("gatehouse");
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("pekko.actor.provider = local")
                    .withFallback(Settings.load(Path.of("none")).config()));
    private static final ActorRef<?> SOMEBODY = KIT.createTestProbe().ref();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @MethodSource("records")
    void every_record_that_may_cross_nodes_comes_back_as_it_went(Class<?> type) {
        for (var message : samples(type)) {
            KIT.serializationTestKit().verifySerialization(message, true);
        }
    }

    static Stream<Class<?>> records() {
        return GATEHOUSE.stream()
                .filter(type -> type.isRecord() && type.isAssignableTo(Wire.class))
                .map(JavaClass::reflect);
    }

    /// A session tells itself things that hold what lives on one node only.
    @Test
    void nothing_that_a_session_tells_itself_may_cross_nodes() {
        assertThat(SessionActor.Command.class.getPermittedSubclasses())
                .filteredOn(Wire.class::isAssignableFrom)
                .containsExactly(SessionActor.Outer.class);
        assertThat(SessionActor.Outer.class.getPermittedSubclasses()).isNotEmpty();
    }

    /// The type of the key lets nothing but [SessionActor.Outer] through; this keeps it the only way.
    @Test
    void sessions_are_reached_by_one_door() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(SessionDoor.class)
                .should()
                .callMethodWhere(DescribedPredicate.<JavaMethodCall>describe(
                        "lead to an entity",
                        call -> call.getTarget().getName().equals("entityRefFor")
                                && call.getTargetOwner().isAssignableTo(ClusterSharding.class)))
                .check(GATEHOUSE);
    }

    /// One for each alternative of a sealed type or an enum within, so that none of them is left out.
    private static List<Object> samples(Class<?> record) {
        var choices = new ArrayList<List<Object>>();
        var most = 1;
        for (var component : record.getRecordComponents()) {
            var choice = values(component.getGenericType());
            choices.add(choice);
            most = Math.max(most, choice.size());
        }
        var samples = new ArrayList<>();
        for (var i = 0; i < most; i++) {
            var nth = i;
            samples.add(make(
                    record,
                    choices.stream()
                            .map(choice -> choice.get(nth % choice.size()))
                            .toArray()));
        }
        return samples;
    }

    private static Object make(Class<?> record, Object[] values) {
        try {
            var types = Stream.of(record.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            var constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no " + record + " of " + List.of(values), e);
        }
    }

    private static List<Object> values(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        return switch (type) {
            case Class<?> known when known == String.class -> List.of("it says \"\u00e9\"", "");
            case Class<?> known when known == long.class -> List.of(-1L, 7L, Long.MAX_VALUE);
            case Class<?> known when known == int.class -> List.of(7);
            case Class<?> known when known == boolean.class -> List.of(true, false);
            case Class<?> known when known == Instant.class -> List.of(Instant.parse("2026-11-21T10:00:00.123456789Z"));
            case Class<?> known when known == Duration.class -> List.of(Duration.ofMillis(250));
            case Class<?> known when known.isEnum() -> List.of(known.getEnumConstants());
            case Class<?> known when known.isRecord() -> samples(known);
            case Class<?> known
            when known.isSealed() ->
                Stream.of(known.getPermittedSubclasses())
                        .flatMap(one -> values(one).stream())
                        .toList();
            case Type other -> throw new AssertionError("no value is known of " + other);
        };
    }

    private static List<Object> generic(ParameterizedType type) {
        var within = type.getActualTypeArguments();
        return switch ((Class<?>) type.getRawType()) {
            case Class<?> known when known == ActorRef.class -> List.of(SOMEBODY);
            case Class<?> known
            when known == Optional.class -> {
                var some = new ArrayList<Object>(List.of(Optional.empty()));
                values(within[0]).forEach(value -> some.add(Optional.of(value)));
                yield some;
            }
            case Class<?> known when known == List.class -> List.of(values(within[0]), List.of());
            case Class<?> known when known == Set.class -> List.of(Set.copyOf(values(within[0])), Set.of());
            case Class<?> known
            when known == Map.class ->
                List.of(Map.of(values(within[0]).getFirst(), values(within[1]).getFirst()), Map.of());
            case Class<?> other -> throw new AssertionError("no value is known of " + type);
        };
    }
}
