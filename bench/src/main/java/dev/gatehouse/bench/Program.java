package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that runs in a process of its own. It prints {@code ready PORT} once it listens.
 *
 * @param peer the folder of bench/peers that has it, with its own class path; empty for a program of ours
 * @param mainClass the class to start
 * @param flags of its JVM
 * @param arguments what it is given
 */
record Program(String peer, String mainClass, List<String> flags, List<String> arguments) {
    private static final Path PEERS = Path.of(System.getProperty("bench.peers", "bench/peers"));

    static Program ours(Class<?> mainClass, String... arguments) {
        return new Program("", mainClass.getName(), List.of(), List.of(arguments));
    }

    static Program peer(String peer, String mainClass, String... arguments) {
        return new Program(peer, "dev.gatehouse.bench.peer." + mainClass, List.of(), List.of(arguments));
    }

    /** The program, with more arguments after its own. */
    Program with(String... more) {
        return new Program(peer, mainClass, flags, join(arguments, List.of(more)));
    }

    /** The program, with more flags. */
    Program flagged(List<String> more) {
        return new Program(peer, mainClass, join(flags, more), arguments);
    }

    private static List<String> join(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Where its classes are. */
    String classPath() throws IOException {
        if (peer.isEmpty()) {
            return System.getProperty("java.class.path");
        }
        Path target = PEERS.resolve(peer).resolve("target");
        return target.resolve("classes") + ":"
                + Files.readString(target.resolve("class-path")).strip();
    }
}
