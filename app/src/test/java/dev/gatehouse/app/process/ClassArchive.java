package dev.gatehouse.app.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of libraries that processes of tests use, read and linked once for all of them: that would take half of the processor time of
 * each start. An archive of class-data sharing (JEP 310): it holds what comes from jars, which must stand first in the class path.
 */
final class ClassArchive {
    private static final Path FOLDER = Path.of("target", "test-processes").toAbsolutePath();
    private static final Path ARCHIVE = FOLDER.resolve("libraries.jsa");
    private static final Object ONE_AT_A_TIME = new Object();

    private ClassArchive() {}

    /** A class path with its jars before its folders. */
    static String jarsFirst(String classPath) {
        return join(Stream.concat(jars(classPath), entries(classPath).filter(Predicate.not(ClassArchive::isJar))));
    }

    /** What has a JVM with this class path use the archive. Made, if there is none for these jars yet, by one JVM for all that test. */
    static List<String> options(String classPath) {
        try {
            Files.createDirectories(FOLDER);
            synchronized (ONE_AT_A_TIME) {
                try (FileChannel channel =
                        FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    channel.lock();
                    if (!isCurrent(classPath)) {
                        make(classPath);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // What the JVM has against an archive is no concern of a test.
        return List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:disable");
    }

    private static boolean isCurrent(String classPath) throws IOException {
        if (!Files.exists(ARCHIVE)) {
            return false;
        }
        long made = Files.getLastModifiedTime(ARCHIVE).toMillis();
        return jars(classPath).map(File::new).allMatch(jar -> jar.lastModified() < made);
    }

    private static void make(String classPath) throws IOException {
        Path classes = FOLDER.resolve("libraries.classlist");
        Path next = FOLDER.resolve("libraries.next");
        java("-XX:DumpLoadedClassList=" + classes, "-cp", classPath, "dev.gatehouse.app.Rehearsal", "sessions");
        java(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + next,
                "-cp",
                join(jars(classPath)));
        Files.move(next, ARCHIVE, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void java(String... arguments) {
        Launch.program("archive of classes", Launch.jvm())
                .arguments(List.of("-Xlog:disable"))
                .arguments(List.of(arguments))
                .run();
    }

    private static Stream<String> jars(String classPath) {
        return entries(classPath).filter(ClassArchive::isJar);
    }

    private static Stream<String> entries(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator, -1));
    }

    private static boolean isJar(String entry) {
        return entry.endsWith(".jar");
    }

    private static String join(Stream<String> entries) {
        return entries.collect(Collectors.joining(File.pathSeparator));
    }
}
