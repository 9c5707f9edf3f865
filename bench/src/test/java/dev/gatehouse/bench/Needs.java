package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What tests need of the machine: skipped where it is missing, failed where the variable CI is true. */
final class Needs {
    private Needs() {}

    /** Linux, two processors, and taskset. */
    static void pinnedProcesses() {
        boolean taskset = Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
        met(
                taskset && Runtime.getRuntime().availableProcessors() >= 2,
                "two processors and taskset (apt-get install util-linux)");
    }

    /** Something else. */
    static void met(boolean condition, String what) {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            assertThat(condition).as(what).isTrue();
        } else {
            assumeThat(condition).as(what).isTrue();
        }
    }
}
