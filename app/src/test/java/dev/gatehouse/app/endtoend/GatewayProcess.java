package dev.gatehouse.app.endtoend;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.GatehouseProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A process of {@code gatehouse gateway} in front of nodes of the service {@code game}, with whatever else its configuration says: for
 * example where a coordinator tells of nodes, if none are given.
 */
record GatewayProcess(GatehouseProcess process) implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(30);

    /** Starts one that is ready: all its nodes are linked, on a contract. */
    static GatewayProcess start(
            String contract, List<ServiceProcess> nodes, String moreSettings, Map<String, String> environment) {
        GatewayProcess gateway = startUnlinked(contract, nodes, moreSettings + "attach-timeout: 30s\n", environment);
        try {
            await("gateway ready").atMost(READY).until(() -> gateway.ready() && gateway.linked(nodes.size()));
            return gateway;
        } catch (Throwable t) {
            gateway.close();
            throw t;
        }
    }

    /** Starts one that listens, whether its nodes take it or not. */
    static GatewayProcess startUnlinked(
            String contract, List<ServiceProcess> nodes, String moreSettings, Map<String, String> environment) {
        Path file = configuration(contract, nodes, moreSettings);
        GatehouseProcess process =
                GatehouseProcess.startFast(environment, List.of("gateway", "--config", file.toString()));
        try {
            process.awaitReady();
            return new GatewayProcess(process);
        } catch (Throwable t) {
            process.close();
            throw t;
        } finally {
            delete(file);
        }
    }

    private static Path configuration(String contract, List<ServiceProcess> nodes, String moreSettings) {
        StringBuilder text = new StringBuilder("""
                listen: 127.0.0.1:0
                console:
                  listen: 127.0.0.1:0
                users:
                  mode: development
                rate-limit:
                  enabled: false
                routes:
                  game:
                    opcodes: 1001-1999
                    service: game
                services:
                  game:
                    contract: %s
                """.formatted(contract));
        if (!nodes.isEmpty()) {
            text.append("    nodes:\n");
        }
        for (int i = 0; i < nodes.size(); i++) {
            text.append("      ")
                    .append(node(i))
                    .append(": 127.0.0.1:")
                    .append(nodes.get(i).port())
                    .append('\n');
        }
        try {
            return Files.writeString(Files.createTempFile("gatehouse-", ".yaml"), text.append(moreSettings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of a node of the list. */
    static String node(int index) {
        return "game" + (index + 1);
    }

    /** Where clients connect. */
    String address() {
        return process.address();
    }

    boolean ready() {
        return process.get("/health/ready").statusCode() == 200;
    }

    /** Whether each of so many nodes, possibly none, has as many links as the others. */
    private boolean linked(int nodes) {
        Metrics metrics = metrics();
        return IntStream.range(0, nodes)
                        .mapToLong(index -> metrics.links(node(index)))
                        .distinct()
                        .count()
                <= 1;
    }

    Metrics metrics() {
        return Metrics.parse(process.get("/metrics").body());
    }

    @Override
    public void close() {
        process.close();
    }
}
