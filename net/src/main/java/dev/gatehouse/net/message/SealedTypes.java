package dev.gatehouse.net.message;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * How {@link Codec#json(Class, Class)} takes types that have no annotations.
 *
 * <p>The permitted types of a user's sealed type are told apart by a property {@value #PROPERTY}; Jackson itself finds the
 * permitted types, but only looks for them where an annotation says how they are told apart. And a record's components of a
 * primitive type must be there; Jackson itself looks at that for the others only.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    private static final String PROPERTY = "type";
    private static final JsonTypeInfo.Value BY_SIMPLE_NAME = JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.SIMPLE_NAME, JsonTypeInfo.As.PROPERTY, PROPERTY, null, false, null, null);

    /** A mapper that goes by it. */
    static ObjectMapper mapper() {
        return JsonMapper.builder()
                .annotationIntrospector(new SealedTypes())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value own = super.findPolymorphicTypeInfo(config, annotated);
        if (own != null) {
            return own;
        }
        return (annotated.getAnnotated() instanceof Class<?> type && isUsersSealedType(type)) ? BY_SIMPLE_NAME : null;
    }

    /** Not an enum, whose constants with bodies are sealed too, nor a type of the JDK, which Jackson knows better. */
    private static boolean isUsersSealedType(Class<?> type) {
        return type.isSealed() && !type.isEnum() && type.getClassLoader() != null;
    }

    /** Without the sealed types among the permitted ones: a peer could name one, and there would be nothing to make. */
    @Override
    protected List<NamedType> findSubtypesByPermittedSubclasses(
            MapperConfig<?> config, Annotated annotated, Class<?> type) {
        return concrete(type).map(NamedType::new).toList();
    }

    private static Stream<Class<?>> concrete(Class<?> type) {
        Stream<Class<?>> itself = Modifier.isAbstract(type.getModifiers()) ? Stream.empty() : Stream.of(type);
        return type.isSealed()
                ? Stream.concat(
                        itself, Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedTypes::concrete))
                : itself;
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        Boolean own = super.hasRequiredMarker(config, member);
        if (own != null) {
            return own;
        }
        return (member.getRawType().isPrimitive() && member.getDeclaringClass().isRecord()) ? Boolean.TRUE : null;
    }
}
