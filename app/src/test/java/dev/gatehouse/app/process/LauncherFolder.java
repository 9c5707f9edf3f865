package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** A folder with the real launcher, as it is after a build, around a small program that says one word. */
final class LauncherFolder {
    private static final Path ROOT = Path.of("..");
    private static final String PACKAGE = "dev/gatehouse/app";
    private static final LocalDateTime BUILT = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final String PROGRAM = """
            package dev.gatehouse.app;

            final class Gatehouse {
                public static void main(String[] arguments) {
                    System.out.println("WORD");
                }
            }

            final class Rehearsal {
                public static void main(String[] arguments) {
                    if (System.getenv().keySet().stream().anyMatch(name -> name.startsWith("GATEHOUSE_"))) {
                        System.exit(1);
                    }
                    Gatehouse.main(arguments);
                }
            }
            """;

    private final Path folder;
    private final Path jar;

    /** Puts it into an empty folder. */
    LauncherFolder(Path folder, String word) throws IOException {
        this.folder = folder;
        jar = folder.resolve("app/target/dist/gatehouse.jar");
        Files.createDirectories(jar.getParent());
        Files.createDirectory(folder.resolve("scripts"));
        copy("gatehouse");
        for (String script : List.of("streams.sh", "jdk.sh", "build.sh", "start-cache.sh")) {
            copy("scripts/" + script);
        }
        build(word);
        Files.createFile(folder.resolve("app/target/built"));
        // Whoever runs it needn't own it.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void copy(String file) throws IOException {
        Files.copy(ROOT.resolve(file), folder.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Builds the program anew, so that neither the jar's length nor its time say so. */
    void rebuild(String word) throws IOException {
        long length = Files.size(jar);
        FileTime time = Files.getLastModifiedTime(jar);
        build(word);
        Files.setLastModifiedTime(jar, time);
        assertThat(Files.size(jar)).isEqualTo(length);
    }

    private void build(String word) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("program"));
        Path source = Files.writeString(sources.resolve("Gatehouse.java"), PROGRAM.replace("WORD", word));
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", sources.toString(), "--release", "21", source.toString());
        assertThat(code).isZero();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            // Words of one length make jars of one length.
            entries.setLevel(Deflater.NO_COMPRESSION);
            for (String name : List.of("Gatehouse", "Rehearsal")) {
                byte[] bytes = Files.readAllBytes(sources.resolve(PACKAGE).resolve(name + ".class"));
                ZipEntry entry = new ZipEntry(PACKAGE + "/" + name + ".class");
                entry.setTimeLocal(BUILT);
                entries.putNextEntry(entry);
                entries.write(bytes);
            }
        }
    }

    /** The folder of the caches. */
    Path caches() {
        return folder.resolve("app/target/start");
    }

    /** The caches themselves. */
    List<Path> cacheFiles() throws IOException {
        try (Stream<Path> files = Files.list(caches())) {
            return files.filter(file -> file.toString().matches(".*\\.(aot|jsa)"))
                    .toList();
        }
    }

    /** The launcher, to be started on this JDK. */
    Launch on(Path jdk) {
        return Launch.program("gatehouse", List.of(folder.resolve("gatehouse").toString()))
                .environment(Map.of("JAVA_HOME", jdk.toString()));
    }
}
