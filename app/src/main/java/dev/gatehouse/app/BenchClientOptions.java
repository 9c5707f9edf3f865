package dev.gatehouse.app;

import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.load.Churn;
import dev.gatehouse.load.LoadConfig;
import dev.gatehouse.load.Stalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code bench} that say how its clients behave. */
final class BenchClientOptions {
    @Option(names = "--clients", paramLabel = "N", description = "How many clients; 50 by default.")
    private int clients = 50;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that share them; half the processors by default.")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--source",
            paramLabel = "ADDRESS",
            split = ",",
            description =
                    "Addresses of this machine that the clients come from, in turn. Each has about 28,000 ports: for more"
                            + " connections to one server, give more addresses (on loopback 127.0.0.1,127.0.0.2,...).")
    private List<String> sources = List.of();

    @Option(
            names = "--ramp",
            paramLabel = "N",
            description = "Connections a second; 2000 by default, 0: as fast as it goes.")
    private int ramp = 2000;

    @Option(
            names = "--churn",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "How long a connection serves until its client makes another; any time by default.")
    private Duration churn = Duration.ZERO;

    @Option(
            names = "--churn-messages",
            paramLabel = "N",
            description =
                    "How many messages a connection serves until its client makes another; any number by default.")
    private long churnMessages;

    @Option(
            names = "--stall",
            paramLabel = "PERCENT",
            description = "The share of clients that stop reading at times; 0 by default.")
    private int stall;

    @Option(
            names = "--stall-every",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "How often they do; 10s by default.")
    private Duration stallEvery = Stalls.NONE.every();

    @Option(
            names = "--stall-for",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "For how long; 3s by default.")
    private Duration stallFor = Stalls.NONE.lasting();

    @Option(
            names = "--connect-timeout",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "Until a connection is ready, TLS and login done; 10s by default.")
    private Duration connectTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--answer-timeout",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "Until an answer counts as missing; 10s by default.")
    private Duration answerTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--retry-delay",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "Until a client whose connection failed makes another; 1s by default.")
    private Duration retryDelay = Duration.ofSeconds(1);

    int clients() {
        return clients;
    }

    /** Puts the options into the settings. */
    void into(LoadConfig.Builder settings) {
        threads.ifPresent(settings::threads);
        settings.clients(clients)
                .sources(sources.stream().map(BenchClientOptions::source).toList())
                .connectsPerSecond(ramp)
                .churn(new Churn(churn, churnMessages))
                .stalls(new Stalls(stall, stallEvery, stallFor))
                .connectTimeout(connectTimeout)
                .answerTimeout(answerTimeout)
                .retryDelay(retryDelay);
    }

    /** An address of this machine: a socket can have it. */
    private static InetAddress source(String text) {
        try {
            InetAddress address = InetAddress.getByName(text);
            new ServerSocket(0, 1, address).close();
            return address;
        } catch (IOException e) {
            throw new OperatorException("--source: " + text + " (expected: addresses of this machine)", e);
        }
    }
}
