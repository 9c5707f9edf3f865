package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What else went on on the machine while we measured: other programs' share of its processors, and what a hypervisor took away. */
final class Neighbours {
    private static final Path ACCOUNTS = Path.of("/proc/stat");
    /** Columns of the line {@code cpu}, see proc_stat(5). */
    private static final int IDLE = 3;

    private static final int WAITING = 4;
    private static final int STOLEN = 7;

    private final long[] before = accounts();
    private final long oursBefore = ChildProcess.allCpuNanos();

    /** A sentence for the head of a table. */
    String text() {
        long[] now = accounts();
        long all = 0;
        for (int i = 0; i <= STOLEN; i++) {
            all += now[i] - before[i];
        }
        long idle = now[IDLE] - before[IDLE] + now[WAITING] - before[WAITING];
        long stolen = now[STOLEN] - before[STOLEN];
        long ours = TimeUnit.NANOSECONDS.toMillis(ChildProcess.allCpuNanos() - oursBefore) / 10;
        return String.format(
                Locale.ROOT,
                "Other programs took %.0f %% of the machine meanwhile, its host %.0f %%.",
                100.0 * Math.max(0, all - idle - stolen - ours) / Math.max(1, all),
                100.0 * stolen / Math.max(1, all));
    }

    /** Hundredths of a second since the machine's start, by kind. */
    private static long[] accounts() {
        try {
            List<String> columns =
                    Arrays.asList(Files.readAllLines(ACCOUNTS).getFirst().split(" +", -1));
            return columns.stream().skip(1).mapToLong(Long::parseLong).toArray();
        } catch (IOException e) {
            return new long[STOLEN + 1];
        }
    }
}
