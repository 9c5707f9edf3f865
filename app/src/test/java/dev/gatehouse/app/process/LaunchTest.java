package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LaunchTest {
    @Test
    @NeedsTool(command = "setpriv", install = "apt-get install util-linux")
    void leavesNothingBehindWhenTheTestIsKilled() {
        try (ChildProcess parent =
                Launch.java("parent", ParentProcess.class.getName()).start()) {
            int port = Integer.parseInt(parent.awaitLine("port (\\d+)").group(1));
            assertThat(listens(port)).isTrue();
            parent.signal("KILL");
            await().atMost(Duration.ofSeconds(30)).until(() -> !listens(port));
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
