package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of rooms in ARCHITECTURE.md: which room may use which, and what shows through a public signature. */
class ArchitectureTest {
    private static final String BASE = "dev.gatehouse.";

    /** A room, and the rooms that it uses; everything that isn't ours is free, but for {@link #SHAPING_LIBRARIES}. */
    private static final Map<String, Set<String>> ROOMS = new TreeMap<>(Map.ofEntries(
            Map.entry("net", Set.of()),
            Map.entry("protocol", Set.of()),
            Map.entry("ring", Set.of()),
            Map.entry("link", Set.of()),
            Map.entry("backend", Set.of("link")),
            Map.entry("client", Set.of("net", "protocol")),
            Map.entry("gateway", Set.of("net", "protocol", "ring", "link")),
            Map.entry("cluster", Set.of("net", "ring")),
            Map.entry("etcd", Set.of("cluster", "ring")),
            Map.entry("load", Set.of("net", "protocol")),
            Map.entry(
                    "app",
                    Set.of(
                            "net",
                            "protocol",
                            "ring",
                            "link",
                            "backend",
                            "client",
                            "gateway",
                            "cluster",
                            "etcd",
                            "load"))));

    /** Libraries, by the beginning of their packages, and the rooms that may use them. */
    private static final Map<String, Set<String>> SHAPING_LIBRARIES = Map.ofEntries(
            Map.entry("io.netty.channel", Set.of("net", "client", "gateway", "backend", "cluster")),
            Map.entry("tools.jackson", Set.of("net", "load", "cluster", "etcd")),
            Map.entry("com.fasterxml.jackson", Set.of("net", "load", "cluster")),
            Map.entry("com.dynatrace.hash4j", Set.of("ring")),
            Map.entry("org.HdrHistogram", Set.of("load")),
            Map.entry("me.tongfei", Set.of("app")),
            Map.entry("io.grpc", Set.of("link", "backend", "gateway", "etcd")),
            Map.entry("io.etcd", Set.of("etcd")),
            Map.entry("com.google.protobuf", Set.of("etcd")),
            Map.entry("picocli", Set.of("app")),
            Map.entry("org.jline", Set.of("app")),
            Map.entry("io.smallrye", Set.of("app")),
            Map.entry("io.micrometer", Set.of("app")),
            Map.entry("ch.qos.logback", Set.of("app")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar!"))
            .importPackages(BASE.substring(0, BASE.length() - 1));

    private static String room(JavaClass type) {
        return type.getPackageName().substring(BASE.length()).replaceAll("\\..*", "");
    }

    private static Stream<JavaClass> uses(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType());
    }

    @Test
    void eachRoomIsInTheTable() {
        assertThat(CLASSES.stream().map(ArchitectureTest::room).collect(Collectors.toSet()))
                .isEqualTo(ROOMS.keySet());
    }

    @Test
    void roomsUseOnlyWhatTheTableSays() {
        for (JavaClass type : CLASSES) {
            String room = room(type);
            assertThat(uses(type).filter(used -> used.getName().startsWith(BASE)))
                    .as("what %s uses", type.getName())
                    .allMatch(used -> room(used).equals(room)
                            || ROOMS.getOrDefault(room, Set.of()).contains(room(used)));
        }
    }

    @Test
    void librariesStayInTheirRooms() {
        SHAPING_LIBRARIES.forEach((library, rooms) -> {
            for (JavaClass type : CLASSES) {
                if (!rooms.contains(room(type))) {
                    assertThat(uses(type).map(JavaClass::getName))
                            .as("what %s uses", type.getName())
                            .noneMatch(name -> name.startsWith(library));
                }
            }
        });
    }

    @Test
    void theByteHandlersKnowNothingOfMessages() {
        for (JavaClass type : CLASSES) {
            if (type.getPackageName().equals("dev.gatehouse.net")) {
                assertThat(uses(type).map(JavaClass::getName))
                        .as("what %s uses", type.getName())
                        .noneMatch(name -> name.startsWith("dev.gatehouse.net.message"));
            }
        }
    }

    @Test
    void noPublicSignatureMentionsAnInternalType() {
        List<String> mentions = CLASSES.stream()
                .filter(type -> !isInternal(type) && isPublic(type))
                .flatMap(type -> Stream.concat(type.getFields().stream(), type.getCodeUnits().stream()))
                .filter(ArchitectureTest::isVisible)
                .filter(member -> signature(member).anyMatch(ArchitectureTest::isInternal))
                .map(JavaMember::getFullName)
                .toList();
        assertThat(mentions).isEmpty();
    }

    @Test
    void internalTypesAreUsedByTheirOwnRoomOnly() {
        for (JavaClass type : CLASSES) {
            assertThat(uses(type).filter(ArchitectureTest::isInternal))
                    .as("what %s uses", type.getName())
                    .allMatch(used -> room(used).equals(room(type)));
        }
    }

    @Test
    void pureRoomsOpenNoSockets() {
        for (JavaClass type : CLASSES) {
            if (Set.of("protocol", "ring").contains(room(type))) {
                assertThat(uses(type).map(JavaClass::getName))
                        .as("what %s uses", type.getName())
                        .noneMatch(name -> name.startsWith("java.net.") || name.startsWith("java.nio.channels."));
            }
        }
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getName().startsWith(BASE)
                && Arrays.asList(type.getPackageName().split("\\.", -1)).contains("internal");
    }

    private static Stream<JavaClass> signature(JavaMember member) {
        return switch (member) {
            case JavaField field -> field.getType().getAllInvolvedRawTypes().stream();
            case JavaCodeUnit code ->
                Stream.concat(
                        code.getReturnType().getAllInvolvedRawTypes().stream(),
                        code.getParameterTypes().stream()
                                .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()));
            default -> throw new IllegalStateException(member.getFullName());
        };
    }
}
