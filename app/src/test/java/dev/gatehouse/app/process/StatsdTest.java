package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gateway pushes to a StatsD server. */
class StatsdTest {
    private static final int TIMEOUT_MILLIS = 60_000;

    private static GatehouseProcess gateway(DatagramSocket server, String interval) {
        return GatehouseProcess.start(
                "gateway",
                "--set",
                "listen=127.0.0.1:0",
                "--set",
                "users.mode=development",
                "--set",
                "console.listen=none",
                "--set",
                "statsd.host=127.0.0.1",
                "--set",
                "statsd.port=" + server.getLocalPort(),
                "--set",
                "statsd.interval=" + interval);
    }

    private static DatagramSocket server() throws IOException {
        DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        server.setSoTimeout(TIMEOUT_MILLIS);
        return server;
    }

    /** All lines that come, until one of them is this. */
    private static List<String> linesUntil(String last, DatagramSocket server) throws IOException {
        List<String> lines = new ArrayList<>();
        while (!lines.contains(last)) {
            DatagramPacket datagram = new DatagramPacket(new byte[65_536], 65_536);
            server.receive(datagram);
            lines.addAll(new String(datagram.getData(), 0, datagram.getLength(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList());
        }
        return lines;
    }

    @Test
    void pushesWhatClientsDo() throws Exception {
        try (DatagramSocket server = server();
                // Not so often that the socket is full, and drops what comes, before the client has ended.
                GatehouseProcess gateway = gateway(server, "1s")) {
            gateway.awaitReady();
            linesUntil("gatehouse.users:0|g", server);
            try (GatehouseProcess client = GatehouseProcess.start("connect", gateway.address(), "--user", "alice")) {
                assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
                assertThat(linesUntil("gatehouse.sessions.ended.CLIENT_CLOSED:1|c", server))
                        .contains("gatehouse.logins:1|c")
                        .allMatch(line -> line.matches("[A-Za-z0-9_.-]+:[0-9.]+\\|(g|c|ms(\\|@0\\.[0-9]+)?)"));
            }
        }
    }

    @Test
    void pushesTheRestWhenItStops() throws Exception {
        try (DatagramSocket server = server();
                GatehouseProcess gateway = gateway(server, "1h")) {
            gateway.awaitReady();
            try (GatehouseProcess client = GatehouseProcess.start("connect", gateway.address(), "--user", "alice")) {
                assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
            }
            gateway.signal("TERM");
            assertThat(gateway.awaitExit()).isZero();
            assertThat(linesUntil("gatehouse.logins:1|c", server)).isNotEmpty();
        }
    }
}
