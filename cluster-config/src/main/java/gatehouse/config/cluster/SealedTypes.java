package gatehouse.config.cluster;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lets a field of a sealed interface cross nodes without annotations: the record's simple name goes with it.
///
/// A sealed interface lists its records, so what a reader may create is fixed by the compiler; no class name is ever
/// taken from the wire. The name is part of the stored shape: renaming a stored record needs an upcast.
public final class SealedTypes extends SimpleModule {
    private static final long serialVersionUID = 1L;

    public SealedTypes() {
        super("sealed-types", Version.unknownVersion());
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new Alternatives());
    }

    /// Answers for sealed interfaces what annotations would say.
    private static final class Alternatives extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable TypeResolverBuilder<?> findTypeResolver(
                MapperConfig<?> config, AnnotatedClass annotated, JavaType type) {
            return isAlternative(type.getRawClass())
                    ? new StdTypeResolverBuilder()
                            .init(JsonTypeInfo.Id.NAME, null)
                            .inclusion(JsonTypeInfo.As.PROPERTY)
                            .typeProperty("@type")
                    : null;
        }

        @Override
        public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
            return isAlternative(annotated.getRawType()) ? names(annotated.getRawType()) : null;
        }
    }

    private static boolean isAlternative(Class<?> type) {
        return type.isInterface() && type.isSealed();
    }

    private static List<NamedType> names(Class<?> sealed) {
        var names = leaves(sealed)
                .distinct()
                .map(leaf -> new NamedType(leaf, leaf.getSimpleName()))
                .toList();
        if (names.stream().map(NamedType::getName).distinct().count() < names.size()) {
            throw new IllegalStateException(sealed.getName() + " has two alternatives of one simple name");
        }
        return names;
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return isAlternative(type)
                ? Stream.of(type.getPermittedSubclasses()).flatMap(SealedTypes::leaves)
                : Stream.of(type);
    }
}
