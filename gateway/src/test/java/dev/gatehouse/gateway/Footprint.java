package dev.gatehouse.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What this process holds. */
record Footprint(long heapBytes, long directBytes, List<String> threads, long descriptors) {
    private static final int COLLECTIONS = 4;

    static Footprint now() {
        return new Footprint(
                usedHeapBytes(),
                PlatformDependent.usedDirectMemory(),
                threadNames(),
                ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                        .getOpenFileDescriptorCount());
    }

    /** All but the one on which a condition is awaited, and those of the JDK's pools, which come and go as the pools like. */
    private static List<String> threadNames() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("awaitility") && !name.startsWith("ForkJoinPool"))
                .sorted()
                .toList();
    }

    /** Used heap after a collection: the least of a few, as reference handlers free more in between. */
    static long usedHeapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
