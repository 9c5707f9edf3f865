package dev.gatehouse.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.Launch;
import dev.gatehouse.app.process.NeedsTool;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Transport;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cable of a peer is cut: no FIN, no RST, nothing comes any more. */
@Timeout(180)
@NeedsTool(command = "ip", install = "apt-get install iproute2")
@NeedsTool(
        command = "unshare",
        works = {"--net", "true"},
        install = "apt-get install util-linux, and run the tests as root")
class CutOffPeerTest {
    @ParameterizedTest
    @MethodSource(EchoProcess.TRANSPORTS)
    void endsByItsDeadlinesAndTheOthersNoticeNothing(Transport transport) {
        try (Network here = Network.create();
                Network there = Network.create()) {
            here.connect(there);
            String[] options = {"idle-timeout=PT10S", "write-timeout=PT3S"};
            try (EchoProcess server = EchoProcess.start(here::inside, "0.0.0.0:0", transport, options);
                    ChildProcess flood = start(there, FloodingClient.class, "10.0.0.1", server)) {
                flood.awaitLine("full after");
                // Only now, or they would have been idle all the while.
                try (ChildProcess near = start(here, LineClient.class, "127.0.0.1", server);
                        ChildProcess silent = start(there, LineClient.class, "10.0.0.1", server)) {
                    ask(near);
                    ask(silent);
                    there.run("ip link set cable down");
                    await("both cut off").atMost(Duration.ofMinutes(1)).until(() -> {
                        ask(near);
                        return server.closed(CloseReason.WRITE_STALLED) == 1
                                && server.closed(CloseReason.IDLE_TIMEOUT) == 1;
                    });
                    there.run("ip link set cable up");
                    try (ChildProcess again = start(there, LineClient.class, "10.0.0.1", server)) {
                        ask(again);
                    }
                    ask(near);
                    assertThat(server.residentKibibytes()).isLessThan(EchoProcess.BOUND_KIBIBYTES);
                }
            }
        }
    }

    private static ChildProcess start(Network network, Class<?> client, String host, EchoProcess server) {
        return network.inside(Launch.java(client.getSimpleName(), client.getName())
                        .arguments(List.of(host + ":" + server.port())))
                .start();
    }

    private static void ask(ChildProcess client) {
        int from = client.output().size();
        client.say("100");
        client.awaitLine(from, Pattern.compile("asked 100 times"));
    }
}
