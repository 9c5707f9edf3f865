package tools;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Programs and ports of the machine that tests need. */
public final class Tools {
    private Tools() {}

    /** Skips the test where a program is missing and says how to install it; fails where CI is true, because there everything is. */
    public static void need(String command, String install) {
        String path = System.getenv().getOrDefault("PATH", "");
        boolean there = Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> new File(folder, command).canExecute());
        String sentence = command + " is missing; install it: " + install;
        if (!there && "true".equals(System.getenv("CI"))) {
            fail(sentence);
        } else if (!there) {
            abort(sentence);
        }
    }

    /** A free port, and none that the system gives to whoever takes any: so it is still free a moment later. */
    public static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                // It is taken: another one.
            }
        }
    }
}
