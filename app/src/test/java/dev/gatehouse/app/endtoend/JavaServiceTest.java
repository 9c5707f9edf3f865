package dev.gatehouse.app.endtoend;

import dev.gatehouse.app.process.ChildProcess;
import java.util.HashMap;
import java.util.Map;

/** The service of the command. */
final class JavaServiceTest extends ServiceContract {
    @Override
    ChildProcess service(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(ChildProcess.LEAK_DETECTION);
        all.putAll(environment);
        return ServiceProcess.java(0, all);
    }
}
