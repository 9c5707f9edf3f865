package dev.gatehouse.app.endtoend;

import dev.gatehouse.app.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test started; ended, the last one first, after each test. */
final class Processes implements AfterEachCallback {
    private final List<AutoCloseable> started = new ArrayList<>();

    /** Takes something to end it later. */
    <T extends AutoCloseable> T add(T process) {
        started.add(process);
        return process;
    }

    /** Starts so many services at the same time, and waits until they are ready. */
    List<ServiceProcess> services(int count, Supplier<ChildProcess> starter) {
        List<ChildProcess> processes =
                Stream.generate(() -> add(starter.get())).limit(count).toList();
        return processes.stream().map(ServiceProcess::ready).toList();
    }

    /** Starts so many of the Java services. */
    List<ServiceProcess> services(int count) {
        return services(count, () -> ServiceProcess.java(0, Map.of()));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        endAll();
    }

    /** Ends all of it now. */
    void endAll() throws Exception {
        for (AutoCloseable process : started.reversed()) {
            process.close();
        }
        started.clear();
    }
}
