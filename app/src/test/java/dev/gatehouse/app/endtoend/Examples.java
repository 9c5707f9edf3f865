package dev.gatehouse.app.endtoend;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs under {@code examples/}. */
final class Examples {
    private Examples() {}

    /** Starts {@code examples/run NAME ARGUMENTS}. */
    static ChildProcess run(String name, Map<String, String> environment, String... arguments) {
        List<String> command = Stream.concat(
                        Stream.of(root().resolve("examples/run").toString(), name), Stream.of(arguments))
                .toList();
        return Launch.program(name, command).environment(environment).start();
    }

    /** The folder of the repository: tests run in a module's folder or in this one. */
    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("examples/run"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no examples/run above " + Path.of("").toAbsolutePath());
    }
}
