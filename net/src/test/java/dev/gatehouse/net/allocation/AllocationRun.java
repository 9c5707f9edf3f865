package dev.gatehouse.net.allocation;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.reflect.Constructor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The program that counts: starts a {@link MeasuredServer} and its clients, lets a million messages pass until everything is
 * compiled, and then counts, over another million, what the server's threads allocate.
 *
 * <p>The compiler works beside all this. So it counts over up to three millions, and the least is what stays: what a message
 * really allocates, it allocates in each of them.
 */
public final class AllocationRun {
    /** How many clients there are. */
    public static final int CLIENTS = 50;

    /** How many messages each of them has in flight. */
    public static final int IN_FLIGHT = 32;

    static final int MESSAGES = 1_000_000;
    private static final int EXCHANGES = MESSAGES / CLIENTS / IN_FLIGHT;
    private static final int COUNTS = 3;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final MeasuredServer server;
    private final List<MeasuredClient> clients = new ArrayList<>();
    private final ExecutorService clientThreads = Executors.newFixedThreadPool(CLIENTS);

    private AllocationRun(MeasuredServer server, List<String> arguments) throws Exception {
        this.server = server;
        InetSocketAddress address = server.start(arguments);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(server.connect(address, i));
        }
    }

    /** Prints the bytes of a million messages; takes the class of the server, and its arguments. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one reads.
    public static void main(String[] arguments) throws Exception {
        Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        AllocationRun run = new AllocationRun((MeasuredServer) constructor.newInstance(), rest);
        run.exchange();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COUNTS; i++) {
            least = Math.min(least, run.count());
        }
        System.out.println(Allocations.RESULT + least);
        System.exit(0);
    }

    private long count() throws Exception {
        long before = allocated();
        exchange();
        return allocated() - before;
    }

    private void exchange() throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (MeasuredClient client : clients) {
            tasks.add(() -> {
                for (int i = 0; i < EXCHANGES; i++) {
                    client.exchange();
                }
                return null;
            });
        }
        for (Future<Void> done : clientThreads.invokeAll(tasks)) {
            done.get();
        }
    }

    /** What the server's threads have allocated so far. */
    private long allocated() {
        long[] counted = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> server.counts(thread.getThreadName()))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        if (counted.length == 0) {
            throw new IllegalStateException("no thread of the server was found");
        }
        return Arrays.stream(THREADS.getThreadAllocatedBytes(counted)).sum();
    }
}
