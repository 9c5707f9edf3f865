package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What quick starts come from, and that no start depends on it. */
class StartCacheTest {
    private static final String PREPARING = "gatehouse: preparing quick starts, once for this build";
    private static final String FROM_A_CACHE = "dev.gatehouse.app.Gatehouse source: shared objects file";

    @TempDir
    Path folder;

    private LauncherFolder launcher;
    private Launch start;

    @BeforeEach
    void install() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        launcher = new LauncherFolder(Files.createDirectory(folder.resolve("installed")), "one");
        // What a JDK of that time makes takes the least time.
        start = launcher.on(jdk("21.0.5"));
    }

    @ParameterizedTest
    @CsvSource({"21.0.5, jsa", "25.0.3, aot"})
    void isMadeOnceInTheFormOfTheJdkAndUsedFromThenOn(String version, String form) throws IOException {
        start = launcher.on(jdk(version));
        assertThat(run(start, "one")).containsExactly(PREPARING);
        assertThat(launcher.cacheFiles())
                .singleElement()
                .asString()
                .endsWith("/answers-" + version + "+11-LTS." + form);
        assertThat(run(start, "one")).isEmpty();
        assertThat(usesCache(start, "one")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"21.0.5", "25.0.3"})
    void doesNotRunTheOldCodeOfAJarThatWasBuiltAgain(String version) throws IOException {
        start = launcher.on(jdk(version));
        run(start, "one");
        launcher.rebuild("two");
        assertThat(run(start, "two")).containsExactly(PREPARING);
        assertThat(usesCache(start, "two")).isTrue();
    }

    @Test
    void isMadeAnewForAnotherJdk() throws IOException {
        run(start, "one");
        Launch other = launcher.on(jdk("22.0.2"));
        assertThat(run(other, "one")).containsExactly(PREPARING);
        assertThat(run(start, "one")).isEmpty();
        assertThat(launcher.cacheFiles()).hasSize(2);
    }

    @Test
    void isMadeAnewWhenItIsDamaged() throws IOException {
        run(start, "one");
        Path cache = launcher.cacheFiles().getFirst();
        byte[] bytes = Files.readAllBytes(cache);
        for (int i = bytes.length / 4; i < bytes.length; i += 100) {
            bytes[i] ^= 0x55;
        }
        Files.write(cache, bytes);
        assertThat(run(start, "one")).containsExactly(PREPARING);
        assertThat(usesCache(start, "one")).isTrue();
    }

    @Test
    void isPassedOverWhenItIsDamagedAndCannotBeMade() throws IOException {
        run(start, "one");
        Files.write(launcher.cacheFiles().getFirst(), new byte[] {1, 2, 3});
        Files.createFile(launcher.caches().resolve("lock"));
        assertThat(run(start, "one")).isEmpty();
    }

    @Test
    void isKeptWhenOnlyItsFilesAreTouched() throws IOException {
        run(start, "one");
        launcher.rebuild("one");
        assertThat(run(start, "one")).isEmpty();
        assertThat(usesCache(start, "one")).isTrue();
    }

    @Test
    @NeedsTool(
            command = "setpriv",
            works = {"--reuid", "65534", "true"},
            install = "root, and apt-get install util-linux")
    void isNotNeededWhereNothingCanBeWritten() throws IOException {
        Launch other = start.behind("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");
        assertThat(run(other, "one")).isEmpty();
        run(start, "one");
        assertThat(usesCache(other, "one")).isTrue();
        launcher.rebuild("two");
        assertThat(run(other, "two")).isEmpty();
    }

    @Test
    void isTriedOnceWhereItCannotBeMade() throws IOException {
        Path jdk = jdk("23.0.1");
        Path java = jdk.resolve("bin/java");
        Files.writeString(
                java, Files.readString(java).replace("exec", "case \"$*\" in *AtExit*) exit 1 ;; esac; exec"));
        Launch failing = launcher.on(jdk);
        assertThat(run(failing, "one")).containsExactly(PREPARING);
        assertThat(run(failing, "one")).isEmpty();
    }

    @Test
    void isMadeWithoutTheVariablesOfWhoeverStartsTheCommand() throws IOException {
        run(start.environment(Map.of("GATEHOUSE_LISTN", "a mistake")), "one");
        assertThat(usesCache(start, "one")).isTrue();
    }

    @Test
    void isWholeWhenSeveralStartsMakeIt() throws IOException {
        List<ChildProcess> starts = Stream.generate(start::start).limit(4).toList();
        for (ChildProcess process : starts) {
            try (process) {
                assertThat(process.awaitExit()).isZero();
                assertThat(process.output()).containsExactly("one");
            }
        }
        assertThat(starts.stream().flatMap(process -> process.errors().stream()))
                .containsExactly(PREPARING);
        assertThat(run(start, "one")).isEmpty();
        assertThat(usesCache(start, "one")).isTrue();
        assertThat(launcher.caches().resolve("lock")).doesNotExist();
    }

    @Test
    void isMadeThoughWhoeverMadeItBeforeWasKilled() throws IOException {
        Path lock = Files.createDirectories(launcher.caches().resolve("lock"));
        Files.writeString(lock.resolve("pid"), Long.toString(endedProcess()));
        assertThat(run(start, "one")).containsExactly(PREPARING);
    }

    /** Runs the launcher to its end, checks what its program says, and returns what was said beside. */
    private static List<String> run(Launch launch, String word) {
        try (ChildProcess process = launch.start()) {
            assertThat(process.awaitExit()).as("%s", process.errors()).isZero();
            assertThat(process.output()).containsExactly(word);
            return process.errors();
        }
    }

    /** Runs the launcher to its end, and returns whether its program came from a cache. */
    private boolean usesCache(Launch launch, String word) throws IOException {
        Path log = Files.createTempDirectory(folder, "log").resolve("classes");
        Files.setPosixFilePermissions(log.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        run(launch.environment(Map.of("GATEHOUSE_JAVA_OPTS", "-Xlog:class+load:file=" + log)), word);
        return Files.readString(log).contains(FROM_A_CACHE);
    }

    /** A JDK that says that it has this version, and is that of this test. */
    private Path jdk(String version) throws IOException {
        Path real = Path.of(System.getProperty("java.home"));
        Path jdk = folder.resolve("jdk-" + version);
        if (Files.exists(jdk)) {
            return jdk;
        }
        Files.createDirectories(jdk.resolve("bin"));
        Files.createSymbolicLink(jdk.resolve("lib"), real.resolve("lib"));
        Files.createSymbolicLink(jdk.resolve("bin/javac"), real.resolve("bin/javac"));
        Path java = Files.writeString(
                jdk.resolve("bin/java"), "#!/bin/sh\nexec '" + real.resolve("bin/java") + "' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                jdk.resolve("release"),
                "JAVA_RUNTIME_VERSION=\"" + version + "+11-LTS\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private static long endedProcess() {
        try (ChildProcess process = Launch.program("true", List.of("true")).start()) {
            process.awaitExit();
            return process.pid();
        }
    }
}
